import type { ByteReader } from './bytes';
import { blockSize, isZero, parseTarHeader, TarHeader } from './header';
import { parsePax, paxSize, paxText } from './pax';
import { Malformed } from '../text/malformed';

/** An entry of a tar. */
export interface TarEntry {
  /** The path in the image: without a slash at either end, `.` and empty segments; empty for the root. One character per byte. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'hard-link' | 'symlink' | 'other';
  /** How many bytes of content are stored. */
  readonly size: number;
  /** What a link names, as written. */
  readonly target: string;
  /** Where the content begins, counted from the start of the tar. */
  readonly offset: number;
}

export interface TarReader {
  /** The next entry, `undefined` behind the last one; what of the content was not read is passed over. */
  next(): Promise<TarEntry | undefined>;
  /** The content of the entry that `next` gave last; at most once, and only where its size may be held in memory. */
  content(): Promise<Buffer>;
}

const longestSpecial = 1024 * 1024;
const mostEntries = 4_000_000;
/** Types that have no content, whatever the size in the header says: hard and symbolic links, devices, directories, pipes. */
const headerOnly = /^[1-6]$/;

/**
 * Reads a tar entry by entry: v7, ustar, PAX and GNU, with long names, hard links and sparse files (of those, only that they are there).
 *
 * Names that climb with `..` are refused, not normalised: two extractors would put them in two places.
 *
 * @throws Malformed
 */
export function readTar(reader: ByteReader): TarReader {
  let unread = 0;
  let padding = 0;
  let entries = 0;
  const open = (size: number): void => {
    unread = size;
    padding = (blockSize - size % blockSize) % blockSize;
  };
  const content = async (): Promise<Buffer> => {
    const bytes = await reader.read(unread);
    unread = 0;
    return bytes;
  };
  const special = async (size: number): Promise<Buffer> => {
    if (size > longestSpecial) throw new Malformed(`has a tar entry with a name, or with attributes, of more than ${longestSpecial} bytes`);
    open(size);
    return content();
  };

  const next = async (): Promise<TarEntry | undefined> => {
    let pax: ReadonlyMap<string, string> = new Map();
    let longName: string | undefined;
    let longLink: string | undefined;
    for (;;) {
      await reader.skip(unread);
      // What umoci inserts ends without the padding and the zeros; Go's reader takes it.
      await reader.read(padding, 0);
      open(0);
      const header = await nextHeader(reader);
      if (header === undefined) return undefined;
      if (++entries > mostEntries) throw new Malformed(`has more than ${mostEntries} entries`);
      switch (header.type) {
        case 'x':
          pax = parsePax(await special(header.size));
          continue;
        case 'g':
          // Go's reader, which the runtimes use, does not apply them either; git writes one with a comment.
          parsePax(await special(header.size));
          continue;
        case 'L':
          longName = upToZero(await special(header.size));
          continue;
        case 'K':
          longLink = upToZero(await special(header.size));
          continue;
      }
      if (header.isExtended) await skipSparseHeaders(reader);
      const sparseName = paxText(pax, 'GNU.sparse.name');
      const name = longName ?? sparseName ?? paxText(pax, 'path') ?? header.name;
      const size = headerOnly.test(header.type) ? 0 : paxSize(pax) ?? header.size;
      open(size);
      return {
        path: normalizePath(name),
        type: typeOf(header.type, name, isSparse(pax)),
        size,
        target: longLink ?? paxText(pax, 'linkpath') ?? header.linkName,
        offset: reader.offset,
      };
    }
  };
  return { next, content };
}

/** Two blocks of zeros end a tar; so does the end of the bytes, as every reader has it. */
async function nextHeader(reader: ByteReader): Promise<TarHeader | undefined> {
  const block = await reader.read(blockSize, 0);
  if (block.length === 0) return undefined;
  if (block.length < blockSize) throw new Malformed('ends in the middle of a tar header');
  if (!isZero(block)) return parseTarHeader(block);
  const second = await reader.read(blockSize, 0);
  if (!isZero(second)) throw new Malformed('has a block of zeros between tar entries');
  return undefined;
}

async function skipSparseHeaders(reader: ByteReader): Promise<void> {
  while ((await reader.read(blockSize))[504] !== 0);
}

function isSparse(pax: ReadonlyMap<string, string>): boolean {
  return [...pax.keys()].some(key => key.startsWith('GNU.sparse.'));
}

function typeOf(flag: string, name: string, sparse: boolean): TarEntry['type'] {
  switch (flag) {
    case '0': case '7':
      if (sparse) return 'other';
      return name.endsWith('/') ? 'directory' : 'file';
    case '1': return 'hard-link';
    case '2': return 'symlink';
    case '5': return 'directory';
    default: return 'other';
  }
}

function upToZero(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\0[^]*$/, '');
}

function normalizePath(name: string): string {
  const segments = name.split('/').filter(segment => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw new Malformed('has a tar entry whose name climbs with ".."');
  return segments.join('/');
}
