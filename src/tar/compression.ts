import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readerOf } from './bytes';
import { isZstd, zstdDecompress } from './zstd/zstd';
import { Malformed } from '../text/malformed';

/** How far decompression may go. */
export interface DecompressionLimits {
  /** Bytes in all. */
  readonly total: number;
  /** Bytes for each compressed byte, once `free` bytes were given. */
  readonly ratio: number;
  readonly free: number;
}

/** Above what images have; Deflate itself ends at about 1,032 to one. */
export const layerLimits: DecompressionLimits = { total: 32 * 2 ** 30, ratio: 1100, free: 64 * 2 ** 20 };

/** More came out of the compressed bytes than is allowed. */
export class TooLarge extends Error {}

/**
 * The bytes, decompressed where their first ones say that they are: gzip (of several members too), Zstandard, or as they are.
 *
 * The media type is not asked, because images exist where it is wrong. The input is read to its very end, so that a source that
 * verifies at the end has verified all of it; it is not closed where the caller stops early.
 *
 * @throws Malformed, TooLarge, and whatever reading the input throws
 */
export async function* decompress(
  input: AsyncIterable<Uint8Array>, limits: DecompressionLimits = layerLimits,
): AsyncGenerator<Buffer> {
  const { head, all, taken } = await peek(input);
  let given = 0;
  for await (const chunk of decoded(head, all)) {
    given += chunk.length;
    if (given > limits.total) throw new TooLarge(`is more than ${limits.total} bytes when decompressed`);
    if (given > limits.free + limits.ratio * taken()) throw new TooLarge(`grows more than ${limits.ratio} times when decompressed`);
    yield chunk;
  }
  // Node's gunzip stops at what is no gzip any more.
  for await (const rest of all) void rest;
}

/** Whether the first four bytes are those of gzip or Zstandard. */
export function isCompressed(head: Buffer): boolean {
  return isGzip(head) || isZstd(head);
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function decoded(head: Buffer, all: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (isGzip(head)) return gunzip(all);
  return isZstd(head) ? zstdDecompress(readerOf(all)) : all;
}

interface Peeked {
  readonly head: Buffer;
  /** All of the input, the head too. It may be left and taken up again: an iterator without `return` is not closed by a loop. */
  readonly all: AsyncIterable<Buffer>;
  /** How many bytes were taken so far. */
  readonly taken: () => number;
}

async function peek(input: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = input[Symbol.asyncIterator]();
  let taken = 0;
  const next = async (): Promise<IteratorResult<Buffer, undefined>> => {
    const result = await iterator.next();
    if (result.done === true) return { done: true, value: undefined };
    taken += result.value.byteLength;
    return { done: false, value: Buffer.from(result.value.buffer, result.value.byteOffset, result.value.byteLength) };
  };
  const first: Buffer[] = [];
  while (taken < 4) {
    const result = await next();
    if (result.done === true) break;
    first.push(result.value);
  }
  const head = Buffer.concat(first);
  let isFirst = true;
  const all: AsyncIterator<Buffer> = {
    next: async () => {
      if (!isFirst) return next();
      isFirst = false;
      return { done: false, value: head };
    },
  };
  return { head, all: { [Symbol.asyncIterator]: () => all }, taken: () => taken };
}

async function* gunzip(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: 128 * 1024 });
  // The error arrives at whoever reads the stream.
  pipeline(Readable.from(input), stream, () => undefined);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw isZlibError(error) ? new Malformed('is not valid gzip') : error;
  }
}

function isZlibError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
