import { formatPlatform } from '../image/platform';
import { parseImageUser } from '../image/user';
import { ResolvedUser, resolveImageUser } from '../layers/user';
import type { PlatformImage } from '../oci/description';
import { RegistryError } from '../oci/error';
import type { ImageSource } from '../oci/source';
import { quote } from '../text/quote';

export interface ResolvedUsers {
  /** The numeric users, by the digest of the platform's manifest. */
  readonly uids: ReadonlyMap<string, number>;
  /** Why a user has none, and what could not be looked at; one line each. */
  readonly notes: readonly string[];
}

/** What lies in the layer itself, and will be no other tomorrow: that image is locked without a uid. */
const lasting: ReadonlySet<string> = new Set(['malformed', 'unsupported', 'too-large']);

/**
 * Looks up the users that are names in the image's own `/etc/passwd`. Layers are read for these only, and once for platforms that share
 * them. Windows has no such file.
 *
 * A name that is not there is no failure: the kubelet would not know its number either.
 *
 * @throws RegistryError where a layer cannot be had
 */
export async function uidsOf(source: ImageSource, platforms: readonly PlatformImage[]): Promise<ResolvedUsers> {
  const uids = new Map<string, number>();
  const notes = new Set<string>();
  const known = new Map<string, Promise<ResolvedUser>>();
  await Promise.all(platforms.map(async ({ platform, user, layers, manifest }) => {
    if (platform.os === 'windows' || parseImageUser(user).kind !== 'name') return;
    const key = JSON.stringify([user, layers.map(({ digest }) => digest)]);
    let resolving = known.get(key);
    if (resolving === undefined) known.set(key, resolving = lookUp(source, layers, user));
    const { uid, notices, ...rest } = await resolving;
    // A layer that was not read may have another /etc/passwd.
    if (uid !== undefined && notices.length === 0) {
      uids.set(manifest, uid);
    } else {
      const why = [...notices, ...('problem' in rest ? [rest.problem] : [])].join(', ');
      notes.add(`${formatPlatform(platform)} runs as ${quote(user)}, which is locked without a uid: ${why}`);
    }
  }));
  return { uids, notes: [...notes] };
}

async function lookUp(source: ImageSource, layers: PlatformImage['layers'], user: string): Promise<ResolvedUser> {
  try {
    return await resolveImageUser(source, layers, user);
  } catch (error) {
    if (!(error instanceof RegistryError) || !lasting.has(error.code)) throw error;
    return { reason: 'no-passwd', problem: error.problem, notices: [] };
  }
}
