/**
 * The field `User` of an image's config as the kubelet gets it from the container runtime:
 *
 * - `uid`: a number from 0 to 2147483647; no user at all is 0
 * - `invalid-uid`: a number that no user of Kubernetes can have; `value` has it in decimal
 * - `name`: anything else, also what looks like a number to people (`1_000`, `0x3e8`)
 */
export type ImageUser =
  | { readonly kind: 'uid'; readonly uid: number }
  | { readonly kind: 'invalid-uid'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string };

/** The highest user id that Kubernetes knows. */
export const largestUid = 2 ** 31 - 1;

const smallestInt64 = -(2n ** 63n);
const largestInt64 = 2n ** 63n - 1n;

/**
 * Reads `User` as containerd and CRI-O do before they tell the kubelet: what stands in front of the first colon is a number where
 * Go's `strconv.ParseInt(_, 10, 64)` takes it, and a name otherwise.
 *
 * Total. With `runAsNonRoot`, the kubelet starts only a `uid` above 0, and refuses each of the others with a message of its own.
 *
 * @see https://github.com/kubernetes/kubernetes, pkg/kubelet/kuberuntime/security_context_others.go
 */
export function parseImageUser(user: string): ImageUser {
  const [name] = user.split(':', 1);
  if (name === '') return { kind: 'uid', uid: 0 };
  const value = int64(name);
  if (value === undefined) return { kind: 'name', name };
  return value >= 0n && value <= BigInt(largestUid) ? { kind: 'uid', uid: Number(value) } : { kind: 'invalid-uid', value: String(value) };
}

/** Go's `strconv.ParseInt(text, 10, 64)`. */
function int64(text: string): bigint | undefined {
  // Bounded, because converting to decimal is quadratic: a number of more digits does not fit.
  const parts = /^([+-]?)0*([0-9]{1,19})$/.exec(text);
  if (parts === null) return undefined;
  const value = BigInt(parts[2]) * (parts[1] === '-' ? -1n : 1n);
  return value >= smallestInt64 && value <= largestInt64 ? value : undefined;
}
