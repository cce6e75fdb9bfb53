import { digestProblem } from './digest';
import { ImageReference, parseImageReference, PinnedImage } from './reference';
import { CodedError } from '../text/coded-error';
import { quote } from '../text/quote';

/** Why `pinned` refuses: the text is not an image reference, or it is one without a digest. */
export type ImageReferenceErrorCode = 'invalid' | 'unpinned';

/** A text that is not a pinned image; the message names the text and says what to write. */
export class ImageReferenceError extends CodedError<ImageReferenceErrorCode> {
  public constructor(code: ImageReferenceErrorCode, message: string) {
    super('ImageReferenceError', code, message);
  }
}

/**
 * Whether the reference names its content: it has a digest, and the digest is a valid one.
 *
 * A tag may stand beside the digest; it does not decide what is pulled.
 */
export function isPinned(reference: ImageReference): reference is ImageReference & { readonly digest: string } {
  return reference.digest !== undefined && digestProblem(reference.digest) === undefined;
}

/**
 * For texts that are only known at run time, such as an environment variable: returns the text itself, once it is proved to be pinned.
 *
 * The text is not normalised, so that a manifest shows what was written. It is not asked whether the digest exists in
 * the registry, or whether the registry is trusted: the latter is the policy's to say.
 *
 * @throws ImageReferenceError with the code `invalid` when it is not an image reference, `unpinned` when it has no digest
 */
export function pinned(text: string): PinnedImage {
  if (isPinnedText(text)) return text;
  const parsed = parseImageReference(text);
  const image = `image ${typeof text === 'string' ? quote(text) : `of type ${typeof text}`}`;
  if (!parsed.ok) throw new ImageReferenceError('invalid', `${image}: ${parsed.problem}`);
  throw new ImageReferenceError('unpinned',
    `${image} has no digest, and what a tag means can change: write "@sha256:" and the 64 hex digits of the image's digest after it`);
}

function isPinnedText(text: string): text is PinnedImage {
  const parsed = parseImageReference(text);
  return parsed.ok && isPinned(parsed.reference);
}
