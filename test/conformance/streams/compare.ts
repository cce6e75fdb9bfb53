import { isDeepStrictEqual } from 'node:util';
import { decode } from '../../../src/files/decode';
import { readManifests } from '../../../src/manifest/read';
import { documentsOf, isInputError } from '../../../src/yaml/documents';

/** What kubectl gets from a stream. */
export interface Answer {
  readonly documents: readonly unknown[];
  /** It ended with an error behind these documents. */
  readonly isError: boolean;
  /** What it makes of the documents, with lists opened: `[apiVersion, kind]` of each. */
  readonly objects: readonly (readonly [string, string])[];
}

/** What we get: documents, or why there is an error. */
export interface Reading {
  readonly documents: readonly unknown[];
  readonly errors: readonly string[];
}

export function readingOf(stream: Uint8Array): Reading {
  const decoded = decode(Buffer.from(stream));
  if ('message' in decoded) return { documents: [], errors: [decoded.message] };
  const documents: unknown[] = [];
  const errors: string[] = [];
  for (const item of documentsOf(decoded.text, 'stream.yaml')) {
    if (isInputError(item)) errors.push(item.message);
    else documents.push(item.value);
  }
  return { documents, errors };
}

/** Whether all that kubectl gets is judged as it gets it: the same is read, or there is an error; behind its own error it gets no more. */
export function isSafe({ documents, errors }: Reading, theirs: Answer): boolean {
  if (errors.length > 0) return true;
  return isDeepStrictEqual(plain(theirs.isError ? documents.slice(0, theirs.documents.length) : documents), plain(theirs.documents));
}

/** Without what has no meaning: a negative zero, and prototypes. */
function plain(documents: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(documents));
}

/** The objects that kubectl makes and we do not see as objects of their own. */
export function unseenObjects({ documents, errors }: Reading, theirs: Answer): readonly (readonly [string, string])[] {
  if (errors.length > 0) return [];
  const manifests = documents.flatMap((document) => readManifests(document));
  if (manifests.some(({ malformed }) => malformed.length > 0)) return [];
  // Of a group without a name, Go has the version alone: `/v1` is `v1`, and `/` is none.
  const seen = new Set(manifests.map(({ resource: { apiVersion, kind } }) => `${apiVersion.replace(/^\//, '')} ${kind}`));
  // A list without items is no object to us, and nothing is in it.
  return theirs.objects.filter(([apiVersion, kind]) => !kind.endsWith('List') && !seen.has(`${apiVersion} ${kind}`));
}
