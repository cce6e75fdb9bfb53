import type { ImageFacts } from '../image/facts';
import { canonicalRegistry } from '../image/grammar';
import { formatImageReference, ImageReference, PinnedImage, parseImageReference } from '../image/reference';

/**
 * What an image is locked under: `registry/repository:tag`, whatever its digest; `registry/repository@digest` where it has a digest and
 * no tag.
 *
 * Host names are lower-case, because DNS does not tell them apart, and Docker Hub is one registry in each case; without a tag and a
 * digest it is `latest`, as every client has it. Read again, it is the same.
 */
export function canonicalReference({ registry, repository, tag, digest }: ImageReference): string {
  const host = canonicalRegistry(registry.toLowerCase());
  const path = host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
  const rest = tag === undefined && digest !== undefined ? { digest } : { tag: tag ?? 'latest' };
  return formatImageReference({ registry: host, repository: path, ...rest });
}

/** The part of a canonical reference before its tag, or before the digest that it has instead. */
export function withoutTag(reference: string): string {
  const [name, digest] = reference.split('@', 2);
  return digest === undefined ? name.slice(0, name.lastIndexOf(':')) : name;
}

/** Whether a canonical reference, or a name that is locked, is one of a digest without a tag. */
export function isOfDigest(reference: string): boolean {
  return reference.includes('@');
}

/** The canonical reference with its digest behind it, once. */
export function pinnedReference(reference: string, digest: string): string {
  return isOfDigest(reference) ? reference : `${reference}@${digest}`;
}

/**
 * The canonical reference of a name that may be locked: one with a tag or without, or one with a digest and no tag; `undefined` for
 * anything else.
 */
export function referenceOfName(name: string): string | undefined {
  const parsed = parseImageReference(name);
  if (!parsed.ok || (parsed.reference.tag !== undefined && parsed.reference.digest !== undefined)) return undefined;
  return canonicalReference(parsed.reference);
}

/**
 * The canonical text with the digest. The tag stays where the author wrote one; the `latest` of a name without a tag does not,
 * because beside a digest it would only make the API server pull always.
 */
export function pinnedName(name: string, { reference, digest }: Pick<ImageFacts, 'reference' | 'digest'>): PinnedImage {
  const parsed = parseImageReference(name);
  const hasTag = !parsed.ok || parsed.reference.tag !== undefined;
  return `${hasTag ? reference : withoutTag(reference)}@${digest}` as PinnedImage;
}
