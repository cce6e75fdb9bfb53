import { EVENT_ID } from 'js-yaml';
import { Refusal, templateHint } from './refusal';
import { countLines, splitDocuments } from './split';
import { groupsOf, isJsonStream, parseTogether, valuesIn, type Written } from './values';
import type { InputError } from '../files/read';
import type { Json } from '../shape/json';

const isText = 'the document is a text, where an object must be; if it is meant as YAML, a colon and a space stand behind each key';

/** One document of a file. */
export interface InputDocument {
  readonly value: Json;
  /** Counted from 0 as in the file: empty documents and those that do not parse count too. */
  readonly index: number;
  /** The line where `text` begins, from 1. */
  readonly line: number;
  /** The part of the file that holds the document, from the start of a line. */
  readonly text: string;
  /** For JSON, the offset in `text` where the value is searched; `undefined` for YAML. */
  readonly jsonStart?: number;
  /** What the parser saw, to find positions: much more memory than the text, and shared with neighbours. */
  readonly written: Written;
}

export type InputItem = InputDocument | InputError;

export function isInputError(item: InputItem): item is InputError {
  return 'message' in item;
}

/**
 * Reads the documents of a YAML or JSON text one after the other, so that no more than one has to be in memory.
 *
 * Several documents, YAML and JSON mixed, are divided by `---`; a text that begins with a JSON object may also have JSON values that
 * follow each other, as kubectl has it. Empty documents are passed over. A document that is not read is an error, and those behind it
 * are read all the same; so is a document that is a text: what was meant, and what others read in it, nobody can say.
 *
 * Guaranteed: it does not throw; it takes time linear in the text; what it returns is JSON of at most 200 levels, of which
 * aliases share parts, at most 2,000,000 values where there are aliases. Refused, because readers do not agree on them:
 * duplicate keys, a merge key behind a key that it also brings, line separators of Unicode, a carriage return alone, byte order marks
 * inside, directives, and whatever kubectl would divide otherwise (see `splitDocuments`).
 * Not guaranteed: digits of integers beyond 2^53; that Kubernetes reads it (tabs between values are taken, for one).
 *
 * Source: YAML 1.2.2; sigs.k8s.io/yaml for what scalars mean; RFC 8259.
 *
 * @param file what errors call it
 */
export function* documentsOf(text: string, file: string): Generator<InputItem> {
  let index = 0;
  // The mark of an encoding is no part of the text.
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const isJson = isJsonStream(text, start);
  for (const group of groupsOf(splitDocuments(text, start))) {
    const together = parseTogether(text, group);
    for (const [position, part] of group.entries()) {
      const source = text.slice(part.start, part.end);
      const values = together === undefined
        ? valuesIn(source, part, {
          isJsonFile: /\.json$/i.test(file), isJsonStream: isJson && part.start === start, isMarked: !isJson && part.start > start && isBehindContent(text, part.start),
        })
        : [together[position]];
      for (const read of values) {
        if (read instanceof Refusal) {
          yield { file, line: part.line + countLines(source, 0, read.offset), message: read.message + templateHint(source, read.offset) };
        } else if (typeof read.value === 'string') {
          yield { file, line: part.line + countLines(source, 0, startOf(read.written)), message: isText };
        } else if (read.value !== null) {
          yield { value: read.value, index, line: part.line, text: source, jsonStart: read.jsonStart, written: read.written };
        }
        index++;
      }
    }
  }
}

/** kubectl takes a second marker for a part of the document, so that no byte order mark stands at its start. */
function isBehindContent(text: string, start: number): boolean {
  return !text.startsWith('---', text.lastIndexOf('\n', start - 2) + 1);
}

/** The offset of the first scalar, which is all there is in a text. */
function startOf({ events, start }: Written): number {
  const scalar = events.find((event) => event.type === EVENT_ID.SCALAR);
  return Math.max(0, (scalar?.valueStart ?? start) - start);
}
