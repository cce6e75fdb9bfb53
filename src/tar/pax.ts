import { Malformed } from '../text/malformed';

/**
 * Reads the records of a PAX header, `LENGTH KEY=VALUE\n` each; the last one of a key counts.
 *
 * @throws Malformed
 * @see POSIX.1-2024, pax, "pax Header Block"
 */
export function parsePax(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    // Bounded before it is searched, or a header of blanks would be read over and over.
    const digits = /^([1-9][0-9]{0,9}) /.exec(bytes.toString('latin1', at, at + 11));
    if (digits === null) throw wrong();
    const end = at + Number(digits[1]);
    const record = bytes.toString('latin1', at + digits[0].length, end);
    const equals = record.indexOf('=');
    if (end > bytes.length || equals < 1 || !record.endsWith('\n')) throw wrong();
    records.set(record.slice(0, equals), record.slice(equals + 1, -1));
    at = end;
  }
  return records;
}

/** A value that names something; readers do not agree on one with a zero byte. */
export function paxText(records: ReadonlyMap<string, string>, key: string): string | undefined {
  const value = records.get(key);
  if (value?.includes('\0') === true) throw wrong();
  // An empty value takes back what was said before.
  return value === '' ? undefined : value;
}

export function paxSize(records: ReadonlyMap<string, string>): number | undefined {
  const value = records.get('size');
  if (value === undefined || value === '') return undefined;
  if (!/^[0-9]{1,15}$/.test(value)) throw wrong();
  return Number(value);
}

function wrong(): Malformed {
  return new Malformed('has a PAX header that cannot be read');
}
