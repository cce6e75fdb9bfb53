/* eslint-disable no-bitwise -- the format is one of bits */
import type { ByteReader } from '../bytes';
import { invalid } from './bits';
import { BlockState, decodeBlock, newBlockState } from './block';
import { newWindow, Window } from './window';
import { Malformed } from '../../text/malformed';

/** Zstandard's own tools take no more without being asked, and memory is held for it. */
const largestWindow = 128 * 1024 * 1024;
const largestBlock = 128 * 1024;
const frameMagic = 0xfd2fb528;

/** Whether the bytes begin with a frame, or with one to be skipped, with which some image tools begin a layer. */
export function isZstd(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) === frameMagic || isSkippable(head.readUInt32LE(0)));
}

/**
 * Decompresses Zstandard, frame by frame.
 *
 * Guaranteed: memory for one window of at most 128 MiB, twice; time linear in the input and the output; each byte that a block
 * gives lies within its size and its window. Dictionaries are not read, because no image has them. The checksum of a frame is not
 * checked, because the digest of the layer is.
 *
 * Written by hand, because Node has Zstandard only from 22.15 on, and `fzstd` 0.1.1 is not safe with hostile frames: it needs 11 s for
 * 6 kB of blocks of one byte (it moves the whole window for each), 5 s for 32 kB of matches beyond the end of their block, and gives
 * wrong bytes without an error for those, and for distances before the start.
 *
 * @throws Malformed
 * @see RFC 8878
 */
export async function* zstdDecompress(reader: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const head = await reader.read(4, 0);
    if (head.length === 0) return;
    if (head.length < 4) throw invalid();
    const magic = head.readUInt32LE(0);
    if (isSkippable(magic)) await reader.skip((await reader.read(4)).readUInt32LE(0));
    else if (magic === frameMagic) yield* frame(reader);
    else throw invalid();
  }
}

function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

async function* frame(reader: ByteReader): AsyncGenerator<Buffer> {
  const descriptor = (await reader.read(1))[0];
  if ((descriptor & 8) !== 0) throw invalid();
  const isSingle = (descriptor & 32) !== 0;
  const described = isSingle ? 0 : windowSize((await reader.read(1))[0]);
  const dictionary = await reader.read([0, 1, 2, 4][descriptor & 3]);
  if (dictionary.some(byte => byte !== 0)) throw new Malformed('is Zstandard with a dictionary');
  const content = await contentSize(reader, descriptor >>> 6, isSingle);
  const size = isSingle ? content : described;
  if (size > largestWindow) throw new Malformed(`is Zstandard with a window of more than ${largestWindow} bytes`);

  const window = newWindow(size, Math.min(size, largestBlock));
  const state = newBlockState();
  for (let isLast = false; !isLast;) {
    const head = (await reader.read(3)).readUIntLE(0, 3);
    isLast = (head & 1) === 1;
    const before = window.start();
    await block(reader, (head >>> 1) & 3, head >>> 3, window, state);
    // A copy: the window moves on under it.
    if (window.end() > before) yield Buffer.from(window.since(before));
  }
  if ((descriptor & 4) !== 0) await reader.skip(4);
}

async function block(reader: ByteReader, type: number, size: number, window: Window, state: BlockState): Promise<void> {
  if (size > window.largestBlock) throw invalid();
  switch (type) {
    case 0: return window.append(await reader.read(size));
    case 1: return window.fill((await reader.read(1))[0], size);
    case 2: return decodeBlock(await reader.read(size), window, state);
    default: throw invalid();
  }
}

function windowSize(byte: number): number {
  const base = 2 ** (10 + (byte >>> 3));
  return base + base / 8 * (byte & 7);
}

async function contentSize(reader: ByteReader, flag: number, isSingle: boolean): Promise<number> {
  switch (flag) {
    case 0: return isSingle ? (await reader.read(1))[0] : 0;
    case 1: return (await reader.read(2)).readUInt16LE(0) + 256;
    case 2: return (await reader.read(4)).readUInt32LE(0);
    default: return Number((await reader.read(8)).readBigUInt64LE(0));
  }
}
