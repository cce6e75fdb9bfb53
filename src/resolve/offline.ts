import { partsOf } from './failure';
import { recordedOn } from './platforms';
import type { LockFailure, LockRequest } from './requests';
import type { ImageFacts } from '../image/facts';
import { formatPlatform, Platform } from '../image/platform';
import { indexOf } from '../lock/find';
import type { Lock } from '../lock/lock';
import { provenImage } from '../lock/prove';
import { withoutTag } from '../lock/reference';

/** What became of one request. */
export type Outcome = { readonly image: ImageFacts; readonly notes: readonly string[] } | { readonly failure: LockFailure } | 'kept';

/** What is locked under just this canonical reference. */
export function lockedAs(reference: string, locked: Lock): ImageFacts | undefined {
  const found = indexOf(locked).find(partsOf(reference));
  return found?.reference === reference ? found : undefined;
}

/**
 * As `cargo --offline` has it: what is known must do. Who names a tag with its digest may give it to another tag too, where the lock
 * knows that digest, because what it says of the content is true under each tag.
 */
export function offline(request: LockRequest, locked: Lock, platforms: readonly Platform[] | undefined): Outcome {
  const { reference, digest, rivals, names } = request;
  if (rivals !== undefined) return { failure: rivals.conflict };
  const own = lockedAs(reference, locked);
  const isKept = own !== undefined && (digest ?? own.digest) === own.digest;
  const known = isKept || digest === undefined || names.length === 0 ? own : withDigest(reference, digest, locked) ?? own;
  if (known === undefined) return refused(reference, 'it is not in the lock; without --offline the registry is asked');
  if (digest !== undefined && known.digest !== digest) {
    return refused(reference, `it is locked as ${known.digest}, and wanted as ${digest}; synthesize or pin it again, `
      + 'or lock it with that digest without --offline');
  }
  const isImage = Object.keys(known.platforms).length > 0;
  const absent = platforms?.find((platform) => isImage && Object.keys(recordedOn([platform], known.platforms)).length === 0);
  if (absent !== undefined) return refused(reference, `it is locked without ${formatPlatform(absent)}; without --offline the registry is asked`);
  return isKept ? 'kept' : { image: provenImage({ ...known, reference }), notes: [] };
}

/** An image of the same repository whose digest this is, and not only that of one of its platforms. */
function withDigest(reference: string, digest: string, locked: Lock): ImageFacts | undefined {
  const found = indexOf(locked).find(partsOf(`${withoutTag(reference)}@${digest}`));
  return found?.digest === digest ? found : undefined;
}

function refused(reference: string, why: string): Outcome {
  return { failure: { name: reference, code: 'not-locked', message: `${reference}: ${why}` } };
}
