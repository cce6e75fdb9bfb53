import { failureOf, partsOf } from './failure';
import { inPool } from './pool';
import type { LockFailure, LockRequest } from './requests';
import { withUids } from './users';
import type { ImageFacts } from '../image/facts';
import type { Platform } from '../image/platform';
import { openLayout } from '../layout/source';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import { provenImage } from '../lock/prove';
import { describeImage } from '../oci/describe';
import { RegistryError } from '../oci/error';
import { leavesOf } from '../oci/index-walk';
import { parseManifest } from '../oci/manifest';
import { ImageSource, subjectOf } from '../oci/source';
import type { RegistryClient } from '../registry/client';

interface ResolveOptions {
  /** Left out, no registry is asked: what is in `locked` stays as it is, and anything else must be in a layout. */
  readonly client?: RegistryClient;
  readonly locked: Lock;
  /** Record only these; each must be there. @default - all */
  readonly platforms?: readonly Platform[];
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

type Outcome = { readonly image: ImageFacts; readonly notes: readonly string[] } | { readonly failure: LockFailure } | 'kept';

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
  const parsed = partsOf(reference);
  try {
    if (request.layout !== undefined) {
      const { source, target } = await openLayout(request.layout);
      return await read(source, target, reference, options);
    }
    const { client } = options;
    if (client === undefined) return offline(request, indexOf(options.locked).find(parsed)?.digest);
    const source = client.source(parsed);
    const { rivals, digest } = request;
    const index = rivals === undefined ? digest : await indexAmong(source, rivals);
    if (rivals !== undefined && index === undefined) return { failure: rivals.conflict };
    return await read(source, index ?? parsed.tag ?? 'latest', reference, options);
  } catch (error) {
    return { failure: failureOf(error, reference) };
  }
}

async function read(source: ImageSource, target: string, reference: string, { platforms: wanted }: ResolveOptions): Promise<Outcome> {
  const described = await describeImage(source, target, { reference, ...(wanted === undefined ? {} : { platforms: wanted }) });
  const { image, notes } = await withUids(source, described);
  // One that the format has no room for must not make the whole lock unwritable.
  return { image: provenImage(image), notes };
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

/** As `cargo --offline` has it: what is known must do. */
function offline({ reference, digest, rivals }: LockRequest, locked: string | undefined): Outcome {
  if (rivals !== undefined) return { failure: rivals.conflict };
  if (locked !== undefined && (digest ?? locked) === locked) return 'kept';
  const why = locked === undefined
    ? 'it is not in the lock; without --offline the registry is asked'
    : `it is locked as ${locked}, and wanted as ${digest}; synthesize or pin it again, or lock it with that digest without --offline`;
  return { failure: { name: reference, code: 'not-locked', message: `${reference}: ${why}` } };
}
