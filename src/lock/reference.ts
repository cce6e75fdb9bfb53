import type { ImageFacts } from '../image/facts';
import { canonicalRegistry } from '../image/grammar';
import { formatImageReference, ImageReference, PinnedImage, parseImageReference } from '../image/reference';

/**
 * What an image is locked under: `registry/repository:tag`, whatever its digest.
 *
 * Host names are lower-case, because DNS does not tell them apart, and Docker Hub is one registry in each case; without a tag it is
 * `latest`, as every client has it. Read again, it is the same.
 */
export function canonicalReference({ registry, repository, tag = 'latest' }: ImageReference): string {
  const host = canonicalRegistry(registry.toLowerCase());
  const path = host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
  return formatImageReference({ registry: host, repository: path, tag });
}

/** The part of a canonical reference before its tag. */
export function withoutTag(reference: string): string {
  return reference.slice(0, reference.lastIndexOf(':'));
}

/** The canonical reference of a name that may be locked; `undefined` for a text that is no reference, or that is pinned already. */
export function referenceOfName(name: string): string | undefined {
  const parsed = parseImageReference(name);
  return parsed.ok && parsed.reference.digest === undefined ? canonicalReference(parsed.reference) : undefined;
}

/**
 * The canonical text with the digest. The tag stays where the author wrote one; the `latest` of a name without a tag does not,
 * because beside a digest it would only make the API server pull always.
 */
export function pinnedName(name: string, { reference, digest }: Pick<ImageFacts, 'reference' | 'digest'>): PinnedImage {
  const parsed = parseImageReference(name);
  const hasTag = !parsed.ok || parsed.reference.tag !== undefined;
  const text = hasTag ? reference : withoutTag(reference);
  return `${text}@${digest}` as PinnedImage;
}
