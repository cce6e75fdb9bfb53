import { isUtf8 } from 'node:buffer';
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What Node writes for bytes that are no UTF-8. */
const replacement = '\ufffd';

/**
 * Why a path leads nowhere, where that is because of bytes that are not UTF-8: the words of a call, and names of files, come as text,
 * in which such bytes are lost. `undefined` where that is not so.
 */
export function nameThatIsNoText(path: string): string | undefined {
  for (let place = path; place.includes(replacement); place = dirname(place)) {
    const name = basename(place);
    if (!name.includes(replacement)) continue;
    const raw = namesIn(dirname(place)).find((bytes) => !isUtf8(bytes) && bytes.toString() === name);
    if (raw !== undefined) return notUtf8(raw);
  }
  return undefined;
}

/** The message for a name that is not UTF-8; it shows the bytes. */
export function notUtf8(name: Buffer): string {
  return `the name ${shownBytes(name)} is not UTF-8 text, so it can neither be told nor reported; rename it`;
}

/** Printable ASCII as it is and every other byte as `\xe9`, as `ls -b` and the shells have it. */
function shownBytes(name: Buffer): string {
  const shown = [...name].map((byte) => byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
    ? `\\x${byte.toString(16).padStart(2, '0')}`
    : String.fromCharCode(byte));
  return `"${shown.join('')}"`;
}

function namesIn(folder: string): readonly Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch {
    return [];
  }
}
