/** One entry of a tar; what is left out is what a build tool would write. */
export interface TarFile {
  readonly name: string;
  /** The type flag of the header. */
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly linkName?: string;
  readonly mode?: number;
  /** PAX records that go before the entry. */
  readonly pax?: Readonly<Record<string, string>>;
  /** Raw bytes to put into the header, by offset, before the checksum is made: for hostile input. */
  readonly patch?: Readonly<Record<number, string | Buffer>>;
}

const block = 512;

export const file = (name: string, content: string | Buffer = ''): TarFile => ({ name, content });
export const directory = (name: string): TarFile => ({ name, type: '5', mode: 0o755 });
export const symlink = (name: string, linkName: string): TarFile => ({ name, type: '2', linkName });
export const hardLink = (name: string, linkName: string): TarFile => ({ name, type: '1', linkName });
export const endOfTar = Buffer.alloc(2 * block);

/** A POSIX tar; names of more than 100 bytes need `pax` or a GNU entry before them. */
export function tar(entries: readonly TarFile[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), endOfTar]);
}

/** One entry without the end of the archive. */
export function tarEntry(entry: TarFile): Buffer {
  const data = Buffer.from(entry.content ?? '');
  const pax = entry.pax === undefined ? [] : [tarEntry({ name: 'PaxHeaders/0', type: 'x', content: paxRecords(entry.pax) })];
  return Buffer.concat([...pax, header(entry, data.length), data, padding(data.length)]);
}

/** A name of any length as GNU tar writes it: an entry of its own before the one that it names. */
export function gnuLong(type: 'L' | 'K', text: string): TarFile {
  return { name: '././@LongLink', type, content: `${text}\0`, patch: { 257: 'ustar  \0' } };
}

function header({ name, type = '0', linkName = '', mode = 0o644, patch = {} }: TarFile, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100);
  bytes.write(octal(mode, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.write(type, 156);
  bytes.write(linkName, 157, 100);
  bytes.write('ustar\u000000', 257);
  for (const [offset, raw] of Object.entries(patch)) Buffer.from(raw).copy(bytes, Number(offset));
  bytes.write(' '.repeat(8), 148);
  bytes.write(`${octal(bytes.reduce((sum, byte) => sum + byte, 0), 7)} `, 148);
  return bytes;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function padding(size: number): Buffer {
  return Buffer.alloc((block - size % block) % block);
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecords(records: Readonly<Record<string, string>>): string {
  return Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + String(rest).length;
    if (String(length).length !== String(rest).length) length = rest + String(length).length;
    return `${length} ${key}=${value}\n`;
  }).join('');
}
