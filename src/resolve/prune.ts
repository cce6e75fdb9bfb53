import type { WantedInManifests } from './in-manifests';
import type { ImageFacts } from '../image/facts';
import type { Lock } from '../lock/lock';
import { withoutTag } from '../lock/reference';

/**
 * The names of a lock, sorted, that no manifest needs: whose tag none names, and whose digest, or that of one of its platforms, none has
 * without a tag.
 */
export function namesBeyond({ wanted, withoutTag: pinned }: Pick<WantedInManifests, 'wanted' | 'withoutTag'>, { images }: Lock): readonly string[] {
  const needed = new Set([...wanted.values(), ...pinned.values()].map(({ reference }) => reference));
  const isNeeded = ({ reference, digest, platforms }: ImageFacts) => needed.has(reference)
    || [digest, ...Object.values(platforms).map(({ manifest }) => manifest)].some((each) => needed.has(`${withoutTag(reference)}@${each}`));
  return [...images].flatMap(([name, image]) => isNeeded(image) ? [] : [name]).sort();
}
