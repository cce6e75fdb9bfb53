import { COLLECTION_STYLE, type Event, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { Refusal } from './refusal';
import { plainKey } from './schema';
import { quoted } from '../text/text';

const none = -1;
/** Of a scalar, which gets none: most of a tree is scalars. */
const noItems: Node[] = [];
const noEntries = new Map<string, Entry>();

/** A value where it is written: offsets in the text, and what is in it. */
export interface Node {
  readonly start: number;
  end: number;
  /** Written in block style, so that it begins on a line after its key. */
  readonly isBlock: boolean;
  /** `undefined` for a list and an object. */
  readonly scalar?: ScalarEvent;
  /** Of a list. */
  readonly items: Node[];
  /** Of an object, by key, with what merge keys bring. */
  readonly entries: Map<string, Entry>;
}

export interface Entry {
  readonly key: Node;
  /** For an alias, the value that has the anchor. */
  readonly value: Node;
}

interface Frame {
  readonly node: Node;
  readonly isObject: boolean;
  /** The key that waits for its value. */
  key?: Node;
}

/**
 * Builds the tree of a document from its events, which a constructor has taken before; `undefined` where it is empty. Of several
 * documents it is the last one's, but all are looked at.
 *
 * @throws Refusal where Kubernetes and other readers of YAML do not agree which value a merge key leaves
 */
export function buildTree(events: readonly Event[], text: string): Node | undefined {
  let anchors = new Map<string, Node>();
  const frames: Frame[] = [];
  let root: Node | undefined;

  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      anchors = new Map();
    } else if (event.type === EVENT_ID.POP) {
      const frame = frames.pop();
      // The document ends too.
      if (frame !== undefined) add(closed(frame, text));
    } else if (event.type === EVENT_ID.ALIAS) {
      const node = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
      if (node !== undefined) add(node);
    } else {
      const isScalar = event.type === EVENT_ID.SCALAR;
      const node = isScalar ? scalarNode(event, text) : collectionNode(event.start, event.style === COLLECTION_STYLE.BLOCK);
      if (event.anchorStart !== none) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
      if (isScalar) add(node);
      else frames.push({ node, isObject: event.type === EVENT_ID.MAPPING });
    }
  }
  return root;

  function add(node: Node): void {
    const frame = frames.at(-1);
    if (frame === undefined) root = node;
    else if (!frame.isObject) frame.node.items.push(node);
    else if (frame.key === undefined) frame.key = node;
    else addPair(frame, frame.key, node);
  }

  function addPair(frame: Frame, key: Node, value: Node): void {
    frame.key = undefined;
    const name = keyOf(key, text);
    if (name === '<<' && key.scalar !== undefined && isImplicit(key.scalar)) merge(frame.node, key, value);
    else frame.node.entries.set(name, { key, value });
  }
}

/** A collection with its end, which the parser does not tell. */
function closed({ node, isObject }: Frame, text: string): Node {
  const last = isObject ? [...node.entries.values()].at(-1)?.value : node.items.at(-1);
  // What an anchor brings may be written anywhere else.
  if (last !== undefined && last.start > node.start) node.end = Math.max(node.end, last.end);
  if (node.isBlock) return node;
  const bracket = /[\s,]*[\]}]/y;
  bracket.lastIndex = node.end;
  if (bracket.test(text)) node.end = bracket.lastIndex;
  return node;
}

function merge(object: Node, key: Node, value: Node): void {
  const merged = new Map<string, Entry>();
  // Of a list, the first has precedence.
  for (const source of value.scalar === undefined && value.items.length > 0 ? value.items : [value]) {
    for (const [name, entry] of source.entries) {
      if (!merged.has(name)) merged.set(name, entry);
    }
  }
  for (const [name, entry] of merged) {
    const own = object.entries.get(name);
    if (own !== undefined && own.value !== entry.value) {
      throw new Refusal(`the merge key stands behind the key ${quoted(name)} that it also brings: Kubernetes takes the merged value, `
        + 'other readers the one that is written; put the merge key first', key.start);
    }
    object.entries.set(name, entry);
  }
}

function collectionNode(start: number, isBlock: boolean): Node {
  return { start, end: start + 1, isBlock, items: [], entries: new Map() };
}

/** With its quotes; a block scalar from its first character that is no space. */
function scalarNode(event: ScalarEvent, text: string): Node {
  const { style, valueStart, valueEnd } = event;
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  const indent = /\s*/y;
  indent.lastIndex = valueStart;
  if (isBlock) indent.test(text);
  const start = isQuoted ? valueStart - 1 : isBlock ? Math.min(indent.lastIndex, valueEnd) : valueStart;
  return { start, end: isQuoted ? valueEnd + 1 : valueEnd, isBlock: false, scalar: event, items: noItems, entries: noEntries };
}

/** A key as the constructor has it. */
function keyOf({ scalar }: Node, text: string): string {
  if (scalar === undefined) return '';
  const value = getScalarValue(text, scalar);
  return isImplicit(scalar) ? plainKey(value) : value;
}

/** Neither quoted nor tagged, so that its text decides what it is. */
function isImplicit({ style, tagStart }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.PLAIN && tagStart === none;
}
