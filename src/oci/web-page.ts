/** Whether something is a page for people, which a portal or a proxy answers in the place of a registry. */
export function isWebPage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 2048)).toString();
  return /^\uFEFF?\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head)\b/i.test(start);
}
