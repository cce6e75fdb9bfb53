import { hasDrifted } from '../../image/facts';
import { quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { defineRule } from '../rule';

/*
 * Every digest is the one that is locked for its tag.
 *
 * **Fields**          image of every container, volumes[*].image.reference
 * **Allowed values**  a reference without a digest or without a tag; the digest that is locked for the tag, or that of one of its platforms
 * **Source**          OCI image specification 1.1, "Digests"
 */
export const imageDrift = defineRule({
  id: 'image-drift',
  summary: 'Every digest is the one that is locked for its tag.',
  why: 'The digest decides what runs and the tag is what people read. Where the two are from different days, either the lock or the manifest is out of date, and what was said of the image is said of another.',
  fix: 'lock the image again if the manifest is right, or write the digest that is locked',
  profile: 'hardened',
  references: {},
  *check(pod, { lock }) {
    if (lock === undefined) return;
    for (const { parsed, pointer, container } of pod.images) {
      if (!parsed.ok || parsed.reference.digest === undefined) continue;
      const locked = lock.find(parsed.reference);
      if (locked === undefined || !hasDrifted(parsed.reference, locked)) continue;
      const { reference, digest } = locked;
      yield {
        message: `image is pinned to ${short(parsed.reference.digest)}, ${quoted(reference)} is locked as ${short(digest)}`,
        pointer,
        container,
        detail: repositoryOf(parsed.reference),
        fix: `run cdk8s-hardened lock --update ${quotedUpTo(200, reference)} if the manifest is right, or write the digest ${quotedUpTo(140, digest)}`,
      };
    }
  },
});

/** `sha256:0123456789ab…`: as much of a digest as people compare. */
function short(digest: string): string {
  const [, start] = /^(\w+:\w{12})\w+$/.exec(digest) ?? [];
  return start === undefined ? quoted(digest) : `${start}…`;
}
