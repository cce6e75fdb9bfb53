import { quote } from '../text/quote';

/** What a message is about: `ghcr.io/acme/shop:1.4.2`, `ghcr.io/acme/shop@sha256:…`. */
export function subjectOf({ name }: { readonly name: string }, target: string): string {
  // A layout may have any text for a tag.
  const shown = /^[\w.:+-]{1,160}$/.test(target) ? target : quote(target);
  return `${name}${target.includes(':') ? '@' : ':'}${shown}`;
}
