import { TrustedRegistry } from './rule';
import { findRegistry } from '../image/pattern';
import { ImageReference } from '../image/reference';

const known = new WeakMap<readonly TrustedRegistry[], WeakMap<ImageReference, TrustedRegistry | 'none'>>();

/**
 * The entry of the policy that an image falls under; `undefined` where nobody trusts it.
 *
 * Three rules ask it of every image, and a large app has few images: the answer is kept for as long as both the policy and
 * the reference, which are frozen data, are in use.
 */
export function trustedRegistry(registries: readonly TrustedRegistry[], reference: ImageReference): TrustedRegistry | undefined {
  let answers = known.get(registries);
  if (answers === undefined) known.set(registries, answers = new WeakMap());
  let answer = answers.get(reference);
  if (answer === undefined) answers.set(reference, answer = findRegistry(registries, reference) ?? 'none');
  return answer === 'none' ? undefined : answer;
}
