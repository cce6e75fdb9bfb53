import type { ImageFacts } from '../image/facts';
import { parseImageUser } from '../image/user';
import { ResolvedUser, resolveImageUser } from '../layers/user';
import type { DescribedImage } from '../oci/describe';
import type { Descriptor } from '../oci/descriptor';
import { RegistryError } from '../oci/error';
import type { ImageSource } from '../oci/source';
import { quote } from '../text/quote';

interface ResolvedUsers {
  /** With the uids that were found. */
  readonly image: ImageFacts;
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
export async function withUids(source: ImageSource, { image, layers: byPlatform }: DescribedImage): Promise<ResolvedUsers> {
  const platforms = { ...image.platforms };
  const notes = new Set<string>();
  const known = new Map<string, Promise<ResolvedUser>>();
  await Promise.all(Object.entries(platforms).map(async ([name, facts]) => {
    const { user = '' } = facts;
    const layers = byPlatform.get(name) ?? [];
    if (name.startsWith('windows/') || parseImageUser(user).kind !== 'name') return;
    const key = JSON.stringify([user, layers.map(({ digest }) => digest)]);
    let resolving = known.get(key);
    if (resolving === undefined) known.set(key, resolving = lookUp(source, layers, user));
    const { uid, notices, ...rest } = await resolving;
    // A layer that was not read may have another /etc/passwd.
    if (uid !== undefined && notices.length === 0) {
      platforms[name] = { ...facts, uid };
    } else {
      const why = [...notices, ...('problem' in rest ? [rest.problem] : [])].join(', ');
      notes.add(`${name} runs as ${quote(user)}, which is locked without a uid: ${why}`);
    }
  }));
  return { image: { ...image, platforms }, notes: [...notes] };
}

async function lookUp(source: ImageSource, layers: readonly Descriptor[], user: string): Promise<ResolvedUser> {
  try {
    return await resolveImageUser(source, layers, user);
  } catch (error) {
    if (!(error instanceof RegistryError) || !lasting.has(error.code)) throw error;
    return { reason: 'no-passwd', problem: error.problem, notices: [] };
  }
}
