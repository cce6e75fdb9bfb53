import { Layer, readFileFromLayers, ReadFileOptions } from './files';
import { largestUid, parseImageUser } from '../image/user';
import type { ImageSource } from '../oci/source';

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
  const found = parseImageUser(uid);
  // An empty field is no number, where an empty `User` is root.
  if (uid === '' || found.kind !== 'uid') {
    return { reason: 'invalid-uid', problem: `the image's /etc/passwd has no uid from 0 to ${largestUid} for its user`, notices };
  }
  return { uid: found.uid, from: 'passwd', notices };
}

/** The third field of the first line whose first one is the name: `app:x:1000:1000::/home/app:/bin/sh`. */
function uidInPasswd(text: string, name: string): string | undefined {
  for (const line of text.split('\n')) {
    const [first, , uid] = line.trim().split(':', 3);
    if (first === name) return uid ?? '';
  }
  return undefined;
}
