import { namesByReference } from './changes';
import { failureOf, partsOf } from './failure';
import { inPool } from './pool';
import type { LockFailure } from './requests';
import type { Lock } from '../lock/lock';
import { RegistryError } from '../oci/error';
import type { ImageSource } from '../oci/source';
import type { RegistryClient } from '../registry/client';

/** A tag that no longer means what is locked. */
export interface Drift {
  /** As it is locked. */
  readonly name: string;
  readonly locked: string;
  /** What the tag means now; left out where it is gone. */
  readonly now?: string;
  /** Whether the locked digest can still be pulled. */
  readonly isThere: boolean;
}

interface DriftOptions {
  readonly client: RegistryClient;
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, reference: string) => void;
}

export interface DriftReport {
  readonly drifted: readonly Drift[];
  /** The names that still mean what is locked. */
  readonly unchanged: readonly string[];
  readonly failures: readonly LockFailure[];
}

/**
 * Asks the registries what the tags mean now; nothing is changed. An image that means the same costs one HEAD, another one a second.
 *
 * What a registry says of a tag is taken as it is said: no manifest is read.
 *
 * @param references those to ask about, canonical
 * @throws the reason of the signal
 */
export async function findDrift({ images }: Lock, references: ReadonlySet<string>, options: DriftOptions): Promise<DriftReport> {
  const { client, concurrency, signal, onProgress = () => undefined } = options;
  const groups = [...namesByReference(images)].filter(([reference]) => references.has(reference));
  const drifted: Drift[] = [];
  const unchanged: string[] = [];
  const failures: LockFailure[] = [];
  let done = 0;
  await inPool(groups, concurrency, async ([reference, names]) => {
    onProgress(done, groups.length, reference);
    const locked = images.get(names[0])!.digest;
    try {
      const parts = partsOf(reference);
      const drift = await driftOf(client.source(parts), parts.tag ?? 'latest', locked);
      for (const name of names) {
        if (drift === undefined) unchanged.push(name);
        else drifted.push({ name, locked, ...drift });
      }
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(failureOf(error, reference));
    }
    done += 1;
  }, signal);
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => one.name < other.name ? -1 : 1;
  return { drifted: drifted.sort(byName), unchanged: unchanged.sort(), failures: failures.sort(byName) };
}

async function driftOf(source: ImageSource, tag: string, locked: string): Promise<Pick<Drift, 'now' | 'isThere'> | undefined> {
  const now = await digestOf(source, tag);
  if (now === locked) return undefined;
  const isThere = await digestOf(source, locked) !== undefined;
  return { ...(now === undefined ? {} : { now }), isThere };
}

/** Undefined where there is none. */
async function digestOf(source: ImageSource, target: string): Promise<string | undefined> {
  try {
    return await source.headManifest(target);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return undefined;
    throw error;
  }
}
