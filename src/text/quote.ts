const longest = 80;

/**
 * A hostile text, fit for a message on a terminal or in the log of a pipeline: in double quotes, printable ASCII only, cut after 80
 * characters.
 *
 * Everything else is escaped, so that neither a control character nor a look-alike letter reaches the reader raw; and so is the first
 * of two `#`, which in a log may begin a command.
 */
export function quote(text: string): string {
  const head = text.slice(0, longest).replace(/[^\x20-\x7e]|["\\]|#(?=#)/g, escape);
  return text.length > longest ? `"${head}…"` : `"${head}"`;
}

function escape(character: string): string {
  if (character === '"' || character === '\\') return '\\' + character;
  return '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');
}
