import { createHash, Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Answer } from './exchange';
import { failure } from './failure';
import { RegistryError } from '../../oci/error';
import type { Content } from '../../oci/source';

/** The whole body, of at most `limit` bytes: one that is announced to be larger is not read at all. */
export async function readBody({ body, headers, url }: Answer, limit: number, subject: string): Promise<Buffer> {
  const announced = Number(headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    if (announced > limit) throw tooLarge(subject, url.host, limit);
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw tooLarge(subject, url.host, limit);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (error) {
    body.destroy();
    throw failure(error, subject, url.host);
  }
}

/** Reads the rest of a short body, so that the connection can be used again; a long one costs the connection. */
export async function drop(answer: Answer, limit: number): Promise<void> {
  await readBody(answer, limit, '').catch(() => undefined);
}

function tooLarge(subject: string, host: string, limit: number): RegistryError {
  return new RegistryError({ code: 'too-large', subject, problem: `${host} sends more than the ${limit} bytes that are read at most` });
}

/** The digest of the bytes, by the algorithm of another digest. */
export function digestOf(bytes: Uint8Array, like = 'sha256:'): string {
  const hash = hashFor(like);
  return `${algorithmOf(like)}:${hash.update(bytes).digest('hex')}`;
}

function algorithmOf(digest: string): string {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

function hashFor(digest: string): Hash {
  return createHash(algorithmOf(digest));
}

/** Refuses bytes that are not those that the digest and the size name. */
export function verify(bytes: Uint8Array, { digest, size }: Content, subject: string): void {
  const problem = mismatch(digestOf(bytes, digest), bytes.length, { digest, ...(size === undefined ? {} : { size }) });
  if (problem !== undefined) throw new RegistryError({ code: 'digest-mismatch', subject, problem });
}

function mismatch(found: string, length: number, { digest, size }: Content): string | undefined {
  if (size !== undefined && length !== size) return `the content must have ${size} bytes, it has ${length}`;
  return found === digest ? undefined : `the content must have the digest ${digest}, it has ${found}`;
}

/** The body as it comes; it fails instead of ending where the bytes were not those that were asked for. */
export function verifiedStream({ body, url }: Answer, content: Content, limit: number, subject: string): Readable {
  const hash = hashFor(content.digest);
  let length = 0;
  const check = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      length += chunk.length;
      if (length > limit) return done(tooLarge(subject, url.host, limit));
      // More than was announced is wrong already, and may never end.
      if (content.size !== undefined && length > content.size) return done(wrong(`the content must have ${content.size} bytes, it has more`));
      hash.update(chunk);
      done(null, chunk);
    },
    flush: done => {
      const problem = mismatch(`${algorithmOf(content.digest)}:${hash.digest('hex')}`, length, content);
      done(problem === undefined ? null : wrong(problem));
    },
  });
  const wrong = (problem: string) => new RegistryError({ code: 'digest-mismatch', subject, problem });
  body.once('error', error => check.destroy(failure(error, subject, url.host)));
  check.once('close', () => body.destroy());
  return body.pipe(check);
}
