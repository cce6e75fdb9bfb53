import { Layer, readFileFromLayers, ReadFileOptions } from './layer-files';
import type { ImageSource } from './source';

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

const largestUid = 2 ** 31 - 1;
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
  return isUid(value) ? { kind: 'uid', uid: Number(value) } : { kind: 'invalid-uid', value: String(value) };
}

/** The numeric uid of an image's user, and how it is known. */
export type ResolvedUser = {
  /** What could not be looked at; one line each. */
  readonly notices: readonly string[];
} & (
  /** `config`: it is written there, or no user is; `passwd`: the config names a user that the image's `/etc/passwd` has. */
  | { readonly uid: number; readonly from: 'config' | 'passwd' }
  /** No uid, and why, as a line for people. */
  | { readonly uid?: undefined; readonly reason: 'invalid-uid' | 'no-passwd' | 'name-not-found'; readonly problem: string }
);

/**
 * The uid that the image runs as; where its config names a user, the one that the image's own `/etc/passwd` has for it.
 *
 * The layers are read only for a name. A uid is never guessed: what a runtime would read from a broken line is not told.
 *
 * @param user the field `User` of the config
 * @param layers lowest first
 * @throws RegistryError where a layer cannot be read
 */
export async function resolveImageUser(
  source: ImageSource, layers: readonly Layer[], user: string, options?: ReadFileOptions,
): Promise<ResolvedUser> {
  const parsed = parseImageUser(user);
  if (parsed.kind === 'uid') return { uid: parsed.uid, from: 'config', notices: [] };
  if (parsed.kind === 'invalid-uid') {
    return { reason: 'invalid-uid', problem: `the uid must be 0 to ${largestUid}, it is ${parsed.value}`, notices: [] };
  }
  const file = await readFileFromLayers(source, layers, '/etc/passwd', options);
  const { notices } = file;
  if (!file.found) return { reason: 'no-passwd', problem: 'the image has no file /etc/passwd to find the uid of its user in', notices };
  const uid = uidInPasswd(file.content.toString('utf8'), parsed.name);
  if (uid === undefined) return { reason: 'name-not-found', problem: 'the image\'s /etc/passwd does not have its user', notices };
  const value = int64(uid);
  if (value === undefined || !isUid(value)) {
    return { reason: 'invalid-uid', problem: `the image's /etc/passwd has no uid from 0 to ${largestUid} for its user`, notices };
  }
  return { uid: Number(value), from: 'passwd', notices };
}

/** The third field of the first line whose first one is the name: `app:x:1000:1000::/home/app:/bin/sh`. */
function uidInPasswd(text: string, name: string): string | undefined {
  for (const line of text.split('\n')) {
    const [first, , uid] = line.trim().split(':', 3);
    if (first === name) return uid ?? '';
  }
  return undefined;
}

/** Go's `strconv.ParseInt(text, 10, 64)`. */
function int64(text: string): bigint | undefined {
  // Bounded, because converting to decimal is quadratic: a number of more digits does not fit.
  const parts = /^([+-]?)0*([0-9]{1,19})$/.exec(text);
  if (parts === null) return undefined;
  const value = BigInt(parts[2]) * (parts[1] === '-' ? -1n : 1n);
  return value >= smallestInt64 && value <= largestInt64 ? value : undefined;
}

function isUid(value: bigint): boolean {
  return value >= 0n && value <= BigInt(largestUid);
}
