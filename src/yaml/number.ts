/** The bases that a prefix names; a leading zero alone is octal, as in C. Behind `0b` Go takes a sign too. */
const prefixed = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+))$/;
const decimal = /^[-+]?(?:0|[1-9]\d*)$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** Go's own parser reads what begins with a point, and that allows `_` only between digits. */
const pointFirst = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;

interface ReadNumber {
  readonly value: number;
  readonly isInteger: boolean;
}

/**
 * What number a plain scalar is to Kubernetes; `undefined` where it is text.
 *
 * Guaranteed: what sigs.k8s.io/yaml reads as a number is one here, and nothing else is. Not guaranteed: every digit of an
 * integer beyond 2^53, which JavaScript cannot hold.
 *
 * Source: `resolve` of go.yaml.in/yaml/v2, which sigs.k8s.io/yaml uses.
 */
export function readNumber(text: string): ReadNumber | undefined {
  if (text.startsWith('.')) return pointFirst.test(text) ? finite(text.replaceAll('_', '')) : undefined;
  // Not `/^[-+\d]/`: an underscore in front makes it text.
  if (!/^[-+\d]/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  // `+ 0` makes -0 of an integer the 0 that it is.
  if (decimal.test(plain)) return finite(plain, true);
  const based = readBased(plain);
  if (based !== undefined) return { value: based, isInteger: true };
  // Also `08` and an octal that is too large: what is no integer may still be a float.
  return float.test(plain) ? finite(plain) : undefined;
}

function finite(text: string, isInteger = false): ReadNumber | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return isInteger ? { value: value + 0, isInteger } : { value, isInteger };
}

function readBased(plain: string): number | undefined {
  const match = prefixed.exec(plain.replace(/^0b([-+])/, '$10b'));
  if (match === null) return undefined;
  const [, sign, hex, binary, octal] = match;
  const digits = (hex ?? binary ?? octal).replace(/^0+(?=.)/, '');
  // Longer than 64 bits in any base; and `BigInt` takes quadratic time.
  if (digits.length > 64) return undefined;
  const size = BigInt((hex ? '0x' : binary ? '0b' : '0o') + digits);
  const largest = sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n;
  if (size > largest) return undefined;
  return sign === '-' ? -Number(size) + 0 : Number(size);
}

/**
 * The name that a number has as a key; `undefined` where it depends on digits that JavaScript does not have or on how Go rounds
 * to 32 bits.
 */
export function numberAsKey(value: number): string | undefined {
  // Kubernetes has `-0` for what is written `-0.0`.
  if (Object.is(value, -0)) return undefined;
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 && Number(value.toPrecision(6)) === value ? String(value) : undefined;
}
