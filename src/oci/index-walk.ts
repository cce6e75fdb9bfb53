import type { Descriptor } from './descriptor';
import { RegistryError } from './error';
import { Index, parseManifest } from './manifest';
import { kindOfMediaType } from './media-types';
import { Fetched, ImageSource, subjectOf } from './source';
import { isUnknown } from '../image/platform';

/** An index in an index is rare, deeper ones are not made by any builder. */
const deepest = 4;
/** What is read for one reference at most; the largest official image has some dozens. */
const mostManifests = 256;

/**
 * The images of an index and of the indexes in it, in the order in which a runtime looks at them.
 *
 * Left out is what no runtime would run: attestations, artifacts, and what has an unknown media type.
 *
 * @throws RegistryError with the code `malformed` for an index that contains itself, `too-large` for one that is nested too deeply
 */
export async function leavesOf(source: ImageSource, root: Fetched, index: Index, subject: string): Promise<readonly Descriptor[]> {
  const leaves: Descriptor[] = [];
  let manifests = 0;
  const walk = async (current: Index, ancestors: readonly string[]): Promise<void> => {
    for (const entry of current.manifests) {
      if (!isCandidate(entry)) continue;
      if (++manifests > mostManifests) throw tooLarge(subject, `it holds more than ${mostManifests} images`);
      if (kindOfMediaType(entry.mediaType) === 'image') {
        leaves.push(entry);
        continue;
      }
      if (ancestors.includes(entry.digest)) {
        throw new RegistryError({ code: 'malformed', subject, problem: `the index ${entry.digest} contains itself` });
      }
      if (ancestors.length >= deepest) throw tooLarge(subject, `its indexes are nested more than ${deepest} levels deep`);
      const fetched = await source.fetchManifest(entry.digest, { size: entry.size });
      const nested = parseManifest({ bytes: fetched.bytes, mediaType: entry.mediaType }, subjectOf(source, entry.digest));
      if (nested.kind === 'index') await walk(nested, [...ancestors, entry.digest]);
    }
  };
  await walk(index, [root.digest]);
  return leaves;
}

function isCandidate({ mediaType, platform, artifactType, annotations }: Descriptor): boolean {
  return kindOfMediaType(mediaType) !== undefined
    && artifactType === undefined
    && !annotations.has('vnd.docker.reference.type')
    && !(platform !== undefined && isUnknown(platform));
}

function tooLarge(subject: string, problem: string): RegistryError {
  return new RegistryError({ code: 'too-large', subject, problem });
}
