import type { Wanted } from './requests';
import { parseImageReference } from '../image/reference';
import { isLayoutReference } from '../layout/reference';
import { canonicalReference } from '../lock/reference';
import { quote } from '../text/quote';

/** What one word of the command line asks for, or what is wrong with it, in one line. */
type ReadArgument = { readonly wanted: Wanted } | { readonly problem: string };

const place = 'command line';

/**
 * Reads `IMAGE`, `IMAGE@DIGEST`, or `NAME=oci:FOLDER[:TAG]` (`NAME=oci-archive:FILE[:TAG]`).
 *
 * No image reference has an equals sign, so the first one ends the name.
 */
export function readArgument(text: string): ReadArgument {
  if (isLayoutReference(text)) return refused(text, `it says where the content is, and not what to lock it under: write NAME=${text}`);
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const parsed = parseImageReference(name);
  if (!parsed.ok) return refused(text, parsed.problem);
  const { digest, tag } = parsed.reference;
  const reference = canonicalReference(parsed.reference);
  if (equals !== -1) {
    const layout = text.slice(equals + 1);
    if (digest !== undefined) return refused(text, 'the name must have no digest, because that of the layout is locked');
    if (!isLayoutReference(layout)) return refused(text, 'behind "=" must be oci:FOLDER[:TAG] or oci-archive:FILE[:TAG]');
    return { wanted: { name, reference, layout, place, isNamed: true } };
  }
  if (digest === undefined) return { wanted: { name, reference, place, isNamed: true } };
  if (tag === undefined) return refused(text, 'it has a digest and no tag, so there is nothing to lock; write the tag before the digest');
  return { wanted: { name: name.slice(0, name.indexOf('@')), reference, digest, place, isNamed: true } };
}

function refused(text: string, problem: string): ReadArgument {
  return { problem: `${quote(text)}: ${problem}` };
}
