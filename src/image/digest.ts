import { quote } from '../text/quote';

const hexDigits: ReadonlyMap<string, number> = new Map([['sha256', 64], ['sha512', 128]]);

/** Says what is wrong with the text after the `@` of a reference; undefined when it is a digest that identifies content. */
export function digestProblem(text: string): string | undefined {
  if (text === '') return 'the digest after "@" is missing';
  const colon = text.indexOf(':');
  if (colon === -1) return `the digest must be "sha256:" and 64 hex digits, it is ${quote(text)}`;
  const algorithm = text.slice(0, colon);
  const hex = text.slice(colon + 1);
  const length = hexDigits.get(algorithm);
  if (length === undefined) return `the digest must be of sha256 or sha512, it is of ${quote(algorithm)}`;
  if (/[^0-9a-fA-F]/.test(hex)) return `the digest must be hex digits after "${algorithm}:", it is ${quote(hex)}`;
  if (hex.length !== length) return `the digest has ${hex.length} hex digits, ${algorithm} has ${length}`;
  // Registries and runtimes compare digests as text, so the two spellings of a digit are not one.
  return /[A-F]/.test(hex) ? 'the hex digits of the digest must be lower-case' : undefined;
}
