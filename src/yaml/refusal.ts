import { YAMLException } from 'js-yaml';
import { quoted } from '../text/text';

/** How deep a document may be nested; the API server's own limit on JSON is of the same kind, and no manifest comes near. */
export const deepest = 200;
export const tooDeep = `the document is nested more than ${deepest} levels deep`;

/** What a document may be made of: the parser takes about a hundred bytes of memory for each. */
export const mostTokens = 4_000_000;
export const tooManyTokens = 'the document is too large: it has more than 4,000,000 lines and values';

export const carriageReturn = 'a carriage return without a line feed is not read alike by Kubernetes and by others; end lines with a line feed';

/** A document that is not read, and the offset in its text where it shows. */
export class Refusal extends Error {
  public constructor(message: string, public readonly offset: number) {
    super(message);
  }
}

const tab = 'a tab is used for indentation; use spaces';

/** What the parser says, where it can be said better, or must not be said as it is because it repeats the input. */
const translations: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^tab characters must not/, () => tab],
  [/^deficient indentation/, () => 'a bracket or a quote is not closed before this line, or a key between brackets stands on several lines'],
  [/^nesting exceeded/, () => tooDeep],
  [/^unknown \w+ tag !<(.*)>$/s, ([, tag]) => `unknown tag ${shortTag(tag)}`],
  [/^cannot resolve a node with !<(.*)> explicit tag$/s, ([, tag]) => `the value does not fit its tag ${shortTag(tag)}`],
  [/^unidentified alias "(.*)"$/s, ([, name]) => `unknown alias ${quoted(name)}`],
  [/^merge keys exceeded/, () => 'the merge keys copy more keys than the document has room for'],
  [/^cannot merge mappings/, () => 'the value of a merge key must be an object or a list of objects'],
  [/^the stream contains non-printable/, () => 'the text holds a control character'],
];

/** Turns whatever a parser throws into a refusal with one clear line. */
export function refusalOf(error: unknown, text: string): Refusal {
  if (error instanceof Refusal) return error;
  // What else may be thrown (out of memory for a text, for one) has no place in the document.
  const { reason, mark } = error instanceof YAMLException ? error : { reason: (error as Error).message, mark: undefined };
  // Of a key that is an object the parser has no place: it is a template, most of all.
  const offset = reason.startsWith('a key must be text') ? Math.max(mark?.position ?? 0, text.search(template)) : mark?.position ?? 0;
  if (reason === 'duplicated mapping key') return new Refusal(`duplicate key${keyAt(text, offset)}`, offset);
  for (const [pattern, message] of translations) {
    const match = pattern.exec(reason);
    if (match !== null) return new Refusal(message(match), offset);
  }
  if (isIndentedByTab(text, offset)) return new Refusal(tab, offset);
  return new Refusal(/^[ -~]{1,120}$/.test(reason) ? reason : quoted(reason), offset);
}

/** A line, or a value on its line, that begins as in the template of a chart; in quotes it is a text. Bounded: a line may be all dashes. */
const template = /^[ \t]*(?:- +){0,20}(?:[\w./-]+: +)?\{\{/m;

/** What to say besides where a template, which is no YAML before it is rendered, stands before what is wrong, or there. */
export function templateHint(source: string, offset: number): string {
  const lineEnd = source.indexOf('\n', offset);
  return template.test(source.slice(0, lineEnd === -1 ? source.length : lineEnd)) ? '; a template ("{{") must be rendered first' : '';
}

function shortTag(tag: string): string {
  return quoted(tag.replace(/^tag:yaml\.org,2002:/, '!!'));
}

function keyAt(text: string, offset: number): string {
  const match = /^([^"'\r\n]+?)["']?\s*(?::|$)/m.exec(text.slice(offset, offset + 200));
  return match === null ? '' : ` ${quoted(match[1])}`;
}

function isIndentedByTab(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r' && offset - start < 1000) start--;
  return /^ *\t/.test(text.slice(start, start + 1000));
}
