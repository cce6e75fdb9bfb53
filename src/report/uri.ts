/**
 * A path as a URI (RFC 3986): relative where the path is, otherwise with the scheme `file`; forward slashes, the rest encoded.
 *
 * A backslash is taken for a separator, as the paths of Windows have it.
 */
export function pathUri(path: string): string {
  // Half a surrogate pair has no UTF-8, and encodeURIComponent throws on it; Buffer writes U+FFFD instead.
  const text = Buffer.from(path, 'utf8').toString('utf8').replace(/\\/g, '/');
  const encoded = text.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(text)) return `file:///${text[0]}:${encoded.slice(encoded.indexOf('/'))}`;
  if (text.startsWith('//')) return `file:${encoded}`;
  if (text.startsWith('/')) return `file://${encoded}`;
  return encoded.replace(/^(?:\.\/+)+/, '');
}
