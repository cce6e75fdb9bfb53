import { namesByReference } from './changes';
import { digestOf, factsOf, PlatformState, statesOf, wrongIn } from './drift-facts';
import { failureOf, partsOf } from './failure';
import { PlatformChoice, platformsFor } from './platforms';
import { inPool } from './pool';
import type { LockFailure } from './requests';
import type { ImageFacts } from '../image/facts';
import type { Platform } from '../image/platform';
import type { Lock } from '../lock/lock';
import { isOfDigest } from '../lock/reference';
import type { ImageSource } from '../oci/source';
import type { RegistryClient } from '../registry/client';

/** A tag that no longer means what is locked; or a digest that was locked without one, and is gone. */
export interface Drift {
  /** As it is locked. */
  readonly name: string;
  readonly locked: string;
  /** What the tag means now; left out where it is gone. */
  readonly now?: string;
  /** Whether the locked digest can still be pulled. */
  readonly isThere: boolean;
  /** What became of the platforms that are chosen, by their names; left out where none are, and where the tag is gone. */
  readonly platforms?: Readonly<Record<string, PlatformState>>;
}

/** An image of which the lock says what the image itself does not. */
export interface WrongFacts {
  readonly name: string;
  readonly digest: string;
  /** In short lines, as far as they matter to who runs it. */
  readonly differences: readonly string[];
}

interface DriftOptions {
  readonly client: RegistryClient;
  /** @default those that were chosen for each image, or else all */
  readonly platforms?: PlatformChoice;
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, reference: string) => void;
}

export interface DriftReport {
  readonly drifted: readonly Drift[];
  /** Of those that were locked by a digest without a tag. */
  readonly wrong: readonly WrongFacts[];
  /** The names that still mean what is locked. */
  readonly unchanged: readonly string[];
  readonly failures: readonly LockFailure[];
}

/**
 * Asks the registries what the tags mean now; nothing is changed. An image that means the same costs one HEAD, another one a second, and
 * where platforms are chosen, what it takes to say what became of them.
 *
 * What a registry says of a tag is taken as it is said, and no manifest is read. A digest that was locked without a tag cannot mean
 * anything else: it is asked whether it is there, and whether the image says of itself what the lock says.
 *
 * @param references those to ask about, canonical
 * @throws the reason of the signal
 */
export async function findDrift({ images }: Lock, references: ReadonlySet<string>, options: DriftOptions): Promise<DriftReport> {
  const { client, platforms: choice, concurrency, signal, onProgress = () => undefined } = options;
  const groups = [...namesByReference(images)].filter(([reference]) => references.has(reference));
  const drifted: Drift[] = [];
  const wrong: WrongFacts[] = [];
  const unchanged: string[] = [];
  const failures: LockFailure[] = [];
  let done = 0;
  await inPool(groups, concurrency, async ([reference, names]) => {
    onProgress(done, groups.length, reference);
    const image = images.get(names[0])!;
    const platforms = platformsFor(choice, image);
    try {
      const parts = partsOf(reference);
      const source = client.source(parts);
      if (isOfDigest(reference)) {
        const now = await factsOf(source, image, platforms);
        for (const name of names) enterDigest(name, images.get(name)!, now, platforms);
      } else {
        const drift = await driftOf(source, parts.tag ?? 'latest', image, platforms);
        for (const name of names) {
          if (drift === undefined) unchanged.push(name);
          else drifted.push({ name, locked: image.digest, ...drift });
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(failureOf(error, reference));
    }
    done += 1;
  }, signal);
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => one.name < other.name ? -1 : 1;
  return { drifted: drifted.sort(byName), wrong: wrong.sort(byName), unchanged: unchanged.sort(), failures: failures.sort(byName) };

  function enterDigest(name: string, image: ImageFacts, now: ImageFacts | undefined, platforms: readonly Platform[] | undefined): void {
    const { digest } = image;
    const differences = now === undefined ? undefined : wrongIn(image, now, platforms);
    if (now === undefined) drifted.push({ name, locked: digest, isThere: false });
    else if (differences === undefined) unchanged.push(name);
    else wrong.push({ name, digest, differences });
  }
}

async function driftOf(
  source: ImageSource, tag: string, locked: ImageFacts, platforms: readonly Platform[] | undefined,
): Promise<Pick<Drift, 'now' | 'isThere' | 'platforms'> | undefined> {
  const now = await digestOf(source, tag);
  if (now === locked.digest) return undefined;
  const isThere = await digestOf(source, locked.digest) !== undefined;
  if (now === undefined) return { isThere };
  return { now, isThere, ...(platforms === undefined ? {} : { platforms: await statesOf(source, now, locked, platforms) }) };
}
