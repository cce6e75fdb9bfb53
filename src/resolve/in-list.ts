import { LockFailure, nameToLock, Wanted } from './requests';
import { parseImageReference } from '../image/reference';
import { lockLimits } from '../lock/lock';
import { canonicalReference } from '../lock/reference';
import { quote } from '../text/quote';

/** What a list of references asks for. */
export interface WantedInList {
  readonly wanted: readonly Wanted[];
  readonly failures: readonly LockFailure[];
}

/** Above any reference with a comment. */
const longestLine = 4096;
/** A list with more lines that are none is another file. */
const mostFailures = 20;

/**
 * Reads one reference with its digest a line, `ghcr.io/acme/shop:1.5.0@sha256:…`, what a pipeline has built. Blank lines, and what
 * stands behind `#` at the beginning of a line or behind white space, are passed over. A line that is none is a failure, and the rest is
 * read.
 *
 * @param file what messages call it
 */
export function wantedInList(text: string, file: string): WantedInList {
  const wanted: Wanted[] = [];
  const failures: LockFailure[] = [];
  const refuse = (place: string, problem: string) => void failures.push({ name: place, code: 'invalid', message: `${place}: ${problem}` });
  let line = 0;
  for (const written of linesIn(text)) {
    line += 1;
    const place = `${file}:${line}`;
    const read = readLine(written, place);
    if (read === undefined) continue;
    if (failures.length === mostFailures || wanted.length === lockLimits.images) {
      const why = failures.length === mostFailures ? 'there are more lines that are no references' : `there are more than ${lockLimits.images} references`;
      refuse(place, `${why}; from here on it was not read`);
      break;
    }
    if (typeof read === 'string') refuse(place, read);
    else wanted.push(read);
  }
  if (wanted.length + failures.length === 0) refuse(file, 'names no image');
  return { wanted, failures };
}

/** Undefined where there is nothing; a text is what is wrong. */
function readLine(written: string, place: string): Wanted | string | undefined {
  if (written.length > longestLine) return `the line has ${written.length} characters, which no reference has`;
  const text = written.replace(/(^|\s)#[^]*$/, '').trim();
  if (text === '') return undefined;
  const parsed = parseImageReference(text);
  if (!parsed.ok) return `${quote(text)}: ${parsed.problem}`;
  const { digest, tag } = parsed.reference;
  if (digest === undefined) return `${quote(text)} has no digest; write the one that was built behind it, "@sha256:" and 64 hex digits`;
  return { name: nameToLock(text, tag), reference: canonicalReference(parsed.reference), digest, place, isNamed: true };
}

/** One by one, because a list of all of them may be many times as large as the text. */
function* linesIn(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const next = end === -1 ? text.length : end;
    yield text.slice(start, next);
    start = next + 1;
  }
}
