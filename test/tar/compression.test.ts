import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readerOf } from '../../src/tar/bytes';
import { decompress, layerLimits } from '../../src/tar/compression';
import { zstdDecompress } from '../../src/tar/zstd/zstd';
import { Malformed } from '../../src/text/malformed';
import { collectChunks, inChunks } from '../support/chunks';
import { zstdStored } from '../support/oci-images';
import { missingOf, testUnlessMissing } from '../support/programs';
import { compressedLines, lines } from '../support/zstd';

async function unpack(bytes: Buffer, limits = layerLimits, chunk = 1000): Promise<Buffer> {
  return collectChunks(decompress(inChunks(bytes, chunk), limits));
}

async function unzstd(bytes: Buffer, chunk = 1000): Promise<Buffer> {
  return collectChunks(zstdDecompress(readerOf(inChunks(bytes, chunk))));
}

const text = Buffer.from('some text '.repeat(20_000));
const squares = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at * at * 7 % 251));
/** Magic and a frame descriptor: no checksum, window of 1 KiB. */
const frame = (...body: readonly (string | Buffer)[]): Buffer => Buffer.concat([Buffer.from('28b52ffd0000', 'hex'), ...body.map(part => typeof part === 'string' ? Buffer.from(part, 'hex') : part)]);
/** The header of the last block, and the block. */
const block = (type: number, body: Buffer, size = body.length): Buffer => {
  const head = Buffer.alloc(3);
  head.writeUIntLE(size * 8 + type * 2 + 1, 0, 3);
  return Buffer.concat([head, body]);
};
const coded = (hex: string): Buffer => frame(block(2, Buffer.from(hex, 'hex')));

describe('gzip', () => {
  test('of one member, of several, and with zeros behind it', async () => {
    expect((await unpack(gzipSync(text))).equals(text)).toBe(true);
    const members = Buffer.concat([gzipSync('a'), gzipSync(''), gzipSync(text), gzipSync('z')]);
    for (const size of [1, 7, 100_000]) expect((await unpack(members, layerLimits, size)).equals(Buffer.concat([Buffer.from('a'), text, Buffer.from('z')]))).toBe(true);
    expect((await unpack(Buffer.concat([gzipSync(text), Buffer.alloc(5000)]))).equals(text)).toBe(true);
  });

  test.each<[string, Buffer]>([
    ['cut off', gzipSync(text).subarray(0, -9)],
    ['changed', Buffer.from(gzipSync(text)).fill(0xff, 200, 210)],
    ['a second member that is broken', Buffer.concat([gzipSync(text), gzipSync('x').fill(0xee, 4)])],
  ])('%s is an error', async (_, bytes) => {
    await expect(unpack(bytes)).rejects.toThrow('is not valid gzip');
  });

  test('the input is read to its end, also behind what is no gzip any more', async () => {
    let given = 0;
    async function* input(): AsyncGenerator<Buffer> {
      for await (const chunk of inChunks(Buffer.concat([gzipSync('x'), Buffer.alloc(300_000)]))) {
        given += chunk.length;
        yield chunk;
      }
    }
    await expect(collectChunks(decompress(input()))).resolves.toEqual(Buffer.from('x'));
    expect(given).toBeGreaterThan(300_000);
  });

  test('an error of the input is passed on as it is', async () => {
    const failure = new Error('the source says no');
    async function* input(): AsyncGenerator<Buffer> {
      yield gzipSync(text).subarray(0, 100);
      throw failure;
    }
    await expect(collectChunks(decompress(input()))).rejects.toBe(failure);
  });
});

describe('what grows too much is stopped', () => {
  const zeros = Buffer.alloc(8_000_000);
  test.each([['gzip', gzipSync(zeros)], ['zstd', Buffer.concat(new Array<Buffer>(64).fill(frame(block(1, Buffer.from('a'), 1024))))]])('%s', async (_, bytes) => {
    await expect(unpack(bytes, { total: 20_000, ratio: 10_000, free: 0 })).rejects.toThrow('more than 20000 bytes');
    await expect(unpack(bytes, { total: 1e12, ratio: 20, free: 1000 })).rejects.toThrow('more than 20 times');
  });
});

test('what is not compressed is given as it is', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('x'), Buffer.from('\x1f'), text]) expect((await unpack(bytes, layerLimits, bytes.length > 9 ? 999 : 1)).equals(bytes)).toBe(true);
});

describe('Zstandard', () => {
  test.each(Object.entries(compressedLines))('reads what zstd wrote: %s', async (_, bytes) => {
    for (const size of [1, 999, 100_000]) expect((await unpack(bytes, layerLimits, size)).equals(lines)).toBe(true);
  });

  test('reads stored frames, several frames, empty ones and ones to be skipped', async () => {
    expect((await unpack(zstdStored(text))).equals(text)).toBe(true);
    await expect(unpack(zstdStored(Buffer.alloc(0)))).resolves.toEqual(Buffer.alloc(0));
    const skipped = Buffer.from('502a4d1803000000aabbcc', 'hex');
    const both = Buffer.concat([skipped, zstdStored(text), skipped, zstdStored(text)]);
    expect((await unpack(both)).equals(Buffer.concat([text, text]))).toBe(true);
  });

  test.each<[string, Buffer]>([
    ['literals behind a head of one byte', coded('086100')],
    ['of two', coded('14006100')],
    ['of three', coded('1c00006100')],
    ['literals that repeat one byte', coded('096100')],
    ['a frame that says its size in one byte', Buffer.concat([Buffer.from('28b52ffd2001', 'hex'), block(0, Buffer.from('a'))])],
  ])('reads what is seldom written: %s', async (_, bytes) => {
    await expect(unzstd(bytes)).resolves.toEqual(Buffer.from('a'));
  });

  test('reads a frame that is much longer than its window', async () => {
    const pieces = Array.from({ length: 40 }, (_, at) => squares.subarray(at * 1000, at * 1000 + 1000));
    const blocks = pieces.map((piece, at) => {
      const bytes = block(0, piece);
      return at === 39 ? bytes : Buffer.concat([Buffer.of(bytes[0] - 1), bytes.subarray(1)]);
    });
    expect((await unzstd(frame(...blocks))).equals(Buffer.concat(pieces))).toBe(true);
  });

  test('reads many blocks of one byte in a window of 128 MiB', async () => {
    const one = Buffer.from('0a000061', 'hex');
    const blocks = Buffer.concat([...new Array<Buffer>(20_000).fill(one), Buffer.from('0b000061', 'hex')]);
    await expect(unzstd(Buffer.concat([Buffer.from('28b52ffd0088', 'hex'), blocks]), 100_000)).resolves.toEqual(Buffer.alloc(20_001, 'a'));
  });

  testUnlessMissing(missingOf('zstd'))('reads what zstd writes here, at every level', async () => {
    for (const options of [['-1'], ['-3'], ['-9'], ['-19'], ['--ultra', '-22', '--long=27'], ['--fast=5'], ['--no-check'], ['--zstd=wlog=10']]) {
      const input = Buffer.concat([lines, text, Buffer.alloc(300_000), lines.subarray(7), squares]);
      const { stdout } = spawnSync('zstd', ['-q', '-c', ...options], { input, maxBuffer: 1e8 });
      expect((await unzstd(stdout)).equals(input)).toBe(true);
    }
  });

  test.each<[string, Buffer, string]>([
    ['magic cut off', Buffer.concat([zstdStored(text), Buffer.from('28b5', 'hex')]), 'not valid'],
    ['rubbish behind a frame', Buffer.concat([zstdStored(text), Buffer.from('rubbish')]), 'not valid'],
    ['a frame cut off', zstdStored(text).subarray(0, -1), 'ends too early'],
    ['a skipped frame of 4 GiB that is not there', Buffer.from('502a4d18ffffffff', 'hex'), 'ends too early'],
    ['a reserved bit', Buffer.from('28b52ffd0800010000', 'hex'), 'not valid'],
    ['a window of 1 TiB', Buffer.from('28b52ffd00f8010000', 'hex'), 'window of more than'],
    ['one segment of 2^64 bytes', Buffer.from('28b52ffde0ffffffffffffffff010000', 'hex'), 'window of more than'],
    ['one segment of 4 GiB', Buffer.from('28b52ffda0ffffffff010000', 'hex'), 'window of more than'],
    ['a dictionary', Buffer.from('28b52ffd010007010000', 'hex'), 'with a dictionary'],
    ['a block of the reserved type', frame(block(3, Buffer.alloc(0))), 'not valid'],
    ['a repeated byte of more than a window', frame(block(1, Buffer.from('a'), 1025)), 'not valid'],
    ['a compressed block without anything', coded(''), 'not valid'],
    ['literals that are not there', coded('28'), 'not valid'],
    ['more literals than a block has', coded('fdffff00'), 'not valid'],
    ['no sequences section', coded('0861'), 'not valid'],
    ['half a count of sequences', coded('086181'), 'not valid'],
    ['something behind no sequences', coded('08610000'), 'not valid'],
    ['sequences without tables', coded('086101'), 'not valid'],
    ['a reserved bit in the tables', coded('0861010100'), 'not valid'],
    ['tables of a block before it, which has none', coded('086101fc01'), 'not valid'],
    ['a single symbol that is not there', coded('08610154'), 'not valid'],
    ['a single symbol that is none', coded('08610154ff0001'), 'not valid'],
    ['a table of too high an accuracy', coded('086101800f'), 'not valid'],
    ['a table that is cut off', coded('0861018000'), 'not valid'],
    ['sequences without a last bit', coded('0861010000'), 'not valid'],
    ['a distance before the start', coded('0861015400020001'), 'not valid'],
    ['a match of more than a block', coded('20616161610154040034ffff01'), 'not valid'],
    ['literals with the code of a block before it', coded('0300000000'), 'not valid'],
    ['coded literals with half a header', coded('0200'), 'not valid'],
    ['coded literals without a table', coded('120000'), 'not valid'],
    ['a Huffman table that is cut off', coded('12400080'), 'not valid'],
    ['a Huffman table of zeros', coded('12800080000000'), 'not valid'],
    ['a Huffman table that is too wide', coded('12800080ff'), 'not valid'],
    ['half a count of more than 32,512 sequences', coded('0861ff00'), 'not valid'],
    ['that many sequences without tables', coded('0861ff0000'), 'not valid'],
    ['a table of more symbols than there are', coded('0861018010feffffffffff00'), 'not valid'],
    ['coded literals that are not there', coded('120019'), 'not valid'],
    ['a Huffman table whose weights have no bits', coded('12400103f0030100'), 'not valid'],
    ['a Huffman table of weights without end', coded('12800104f003000400'), 'not valid'],
    ['four streams without their sizes', coded('16c000801000'), 'not valid'],
    ['four streams for one byte', coded('1600028010000000000000'), 'not valid'],
    ['four streams, the first longer than all', coded('4600028010ffff00000000'), 'not valid'],
  ])('%s is refused', async (_, bytes, problem) => {
    await expect(unzstd(bytes)).rejects.toThrow(problem);
  });

  test('whatever byte is changed, it ends in time, and gives no more than its blocks may', async () => {
    const sample = compressedLines.best;
    const changesOf = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(fc.asyncProperty(changesOf, async changes => {
      const bytes = Buffer.from(sample);
      for (const [at, value] of changes) bytes[at] = value;
      const result = await unzstd(bytes).catch((error: unknown) => error);
      if (Buffer.isBuffer(result)) expect(result.length).toBeLessThan(4_000_000);
      else expect(result).toBeInstanceOf(Malformed);
    }), { numRuns: 400 });
  });
});
