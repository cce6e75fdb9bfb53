import type { LockFailure } from './requests';
import { ImageReference, parseImageReference } from '../image/reference';
import { LockError } from '../lock/error';
import { RegistryError } from '../oci/error';

/** @throws whatever is no failure of this image */
export function failureOf(error: unknown, reference: string): LockFailure {
  if (error instanceof LockError) return { name: reference, code: error.code, message: `${reference}: ${error.message.replaceAll('\n', '; ')}` };
  if (!(error instanceof RegistryError)) throw error;
  const { code, subject, message } = error;
  return { name: reference, code, message: subject === reference ? message : `${reference}: ${message}` };
}

/** Of a canonical reference, which is always one. */
export function partsOf(reference: string): ImageReference {
  const parsed = parseImageReference(reference);
  if (!parsed.ok) throw new Error(`${reference}: ${parsed.problem}`);
  return parsed.reference;
}
