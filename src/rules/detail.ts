import { createHash } from 'node:crypto';
import type { ImageReference, ParsedImage } from '../image/reference';

/** `registry/repository`: what makes an image another one. Which tag or digest of it is meant changes with every release. */
export function repositoryOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

/** The same of any reference. One that cannot be read is named as it is written, without what looks like a tag. */
export function imageDetail({ text, parsed }: { readonly text: string; readonly parsed: ParsedImage }): string {
  return parsed.ok ? repositoryOf(parsed.reference) : withoutSecret(text).replace(/:[^/:]*$/, '');
}

/**
 * A text that names a place; where it could hold a password or a token as well, as in `https://user:password@host/shop`, its hash
 * instead, behind which it is still told from another.
 */
export function withoutSecret(text: string): string {
  return /^[\w./:${}<>[\]+-]*$/.test(text) && !text.includes('://') ? text : `(sha256 ${createHash('sha256').update(text, 'utf16le').digest('hex')})`;
}
