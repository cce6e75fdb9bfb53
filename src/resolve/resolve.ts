import { failureOf, partsOf } from './failure';
import { lockedAs, offline, Outcome } from './offline';
import { PlatformChoice, platformsFor } from './platforms';
import { inPool } from './pool';
import { readImage } from './read-image';
import type { LockFailure, LockRequest } from './requests';
import type { ImageFacts } from '../image/facts';
import { openLayout } from '../layout/source';
import type { Lock } from '../lock/lock';
import { RegistryError } from '../oci/error';
import { leavesOf } from '../oci/index-walk';
import { parseManifest } from '../oci/manifest';
import { ImageSource, subjectOf } from '../oci/source';
import type { RegistryClient } from '../registry/client';

interface ResolveOptions {
  /** Left out, no registry is asked: what is in `locked` stays as it is, and anything else must be in a layout. */
  readonly client?: RegistryClient;
  readonly locked: Lock;
  /** Record only these; each must be there. @default - those that were chosen for the image before, or else all */
  readonly platforms?: PlatformChoice;
  /** How many images at the same time; the client has bounds of its own for each host. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, reference: string) => void;
}

/** What could be learned about an image that is locked all the same. */
export interface LockNote {
  readonly name: string;
  readonly message: string;
}

export interface Resolution {
  /** By reference. */
  readonly images: ReadonlyMap<string, ImageFacts>;
  /** The references that stay as they are locked. */
  readonly kept: ReadonlySet<string>;
  readonly failures: readonly LockFailure[];
  readonly notes: readonly LockNote[];
}

/**
 * Reads each image that is asked for: its digest, and what it says of itself on each platform. An image that cannot be read is a
 * failure, and the others are read all the same.
 *
 * Guaranteed: what it returns can be locked; everything in it was verified against the digest.
 *
 * @throws the reason of the signal
 */
export async function resolveImages(requests: readonly LockRequest[], options: ResolveOptions): Promise<Resolution> {
  const { concurrency, signal, onProgress = () => undefined } = options;
  let done = 0;
  const outcomes = await inPool(requests, concurrency, async (request) => {
    onProgress(done, requests.length, request.reference);
    const outcome = await resolveOne(request, options);
    // What was stopped is no failure of the image.
    signal?.throwIfAborted();
    done += 1;
    return outcome;
  }, signal);

  const images = new Map<string, ImageFacts>();
  const kept = new Set<string>();
  const failures: LockFailure[] = [];
  const notes: LockNote[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const { reference } = requests[index];
    if (outcome === 'kept') {
      kept.add(reference);
    } else if ('failure' in outcome) {
      failures.push(outcome.failure);
    } else {
      images.set(reference, outcome.image);
      for (const message of outcome.notes) notes.push({ name: reference, message });
    }
  }
  return { images, kept, failures, notes };
}

async function resolveOne(request: LockRequest, options: ResolveOptions): Promise<Outcome> {
  const { reference } = request;
  const { client, locked } = options;
  const parsed = partsOf(reference);
  const platforms = platformsFor(options.platforms, lockedAs(reference, locked));
  try {
    if (request.layout !== undefined) {
      const { source, target } = await openLayout(request.layout);
      return await readImage(source, target, reference, platforms);
    }
    if (client === undefined) return offline(request, locked, platforms);
    const source = client.source(parsed);
    const { rivals, digest } = request;
    const index = rivals === undefined ? digest : await indexAmong(source, rivals);
    if (rivals !== undefined && index === undefined) return { failure: rivals.conflict };
    return await readImage(source, index ?? parsed.digest ?? parsed.tag ?? 'latest', reference, platforms);
  } catch (error) {
    return { failure: failureOf(error, reference) };
  }
}

/** The index that has all the others in it; undefined where they are different images. */
async function indexAmong(source: ImageSource, { digests, indexes }: NonNullable<LockRequest['rivals']>): Promise<string | undefined> {
  for (const digest of indexes) {
    const subject = subjectOf(source, digest);
    const fetched = await source.fetchManifest(digest).catch(unlessGone);
    if (fetched === undefined) continue;
    const manifest = parseManifest(fetched, subject);
    if (manifest.kind !== 'index') continue;
    const leaves = await leavesOf(source, fetched, manifest, subject);
    if (digests.every((each) => each === digest || leaves.some((leaf) => leaf.digest === each))) return digest;
  }
  return undefined;
}

/** What is not there is no index. */
function unlessGone(error: unknown): undefined {
  if (!(error instanceof RegistryError) || error.code !== 'not-found') throw error;
}
