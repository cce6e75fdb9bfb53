import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { LayoutFile } from './files';
import { RegistryError } from '../oci/error';
import type { Content } from '../oci/source';

/** A blob of a layout, about to be read. */
export interface Blob {
  readonly file: LayoutFile;
  readonly content: Content;
  /** What messages are about. */
  readonly subject: string;
}

/**
 * The bytes of a blob; the stream fails at its end where they are not those of the digest.
 *
 * @throws RegistryError at once where the size is wrong, or above the limit
 */
export function blobStream({ file, content: { digest, size }, subject }: Blob, limit: number): Readable {
  if (size !== undefined && size !== file.size) throw wrong(subject, `it has ${file.size} bytes, and must have ${size}`);
  if (file.size > limit) {
    throw new RegistryError({ code: 'too-large', subject, problem: `it has ${file.size} bytes, at most ${limit} are read` });
  }
  return Readable.from(verify(file, digest, subject), { objectMode: false });
}

export async function blobBytes(blob: Blob, limit: number): Promise<Buffer> {
  return readAll(blobStream(blob, limit));
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A source asks only for digests that have been validated, so that the algorithm is one of two. */
async function* verify(file: LayoutFile, digest: string, subject: string): AsyncGenerator<Buffer> {
  const [algorithm] = digest.split(':');
  const hash = createHash(algorithm);
  for await (const chunk of file.open() as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  const found = `${algorithm}:${hash.digest('hex')}`;
  if (found !== digest) throw wrong(subject, `its bytes have the digest ${found}`);
}

function wrong(subject: string, problem: string): RegistryError {
  return new RegistryError({ code: 'digest-mismatch', subject, problem });
}
