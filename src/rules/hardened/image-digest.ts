import { isPinned } from '../../image/pinned';
import { quoted } from '../../text/text';
import { imageDetail } from '../detail';
import { namedImages } from '../named-images';
import { defineRule } from '../rule';

/*
 * Every image is pinned to its content by a digest.
 *
 * **Fields**          image of every container, volumes[*].image.reference
 * **Allowed values**  a reference with @sha256: and 64 lower-case hex digits, or @sha512: and 128; the tag may stay beside it
 * **Source**          OCI image specification 1.1, "Digests"; NIST SP 800-190, 4.1.5
 */
export const imageDigest = defineRule({
  id: 'image-digest',
  summary: 'Every image is pinned to its content by a digest.',
  why: 'A tag can be moved by whoever may push, so that two starts of one manifest run different software; a digest is the content.',
  fix: 'write the digest after the tag, as in ghcr.io/acme/shop:1.4.2@sha256:<64 hex digits>',
  profile: 'hardened',
  references: {
    kyverno: ['require-image-checksum'],
    checkov: ['CKV_K8S_43'],
    kubescape: ['C-0306'],
  },
  *check(pod) {
    for (const { text, parsed, pointer, container } of namedImages(pod)) {
      if (parsed.ok && isPinned(parsed.reference)) continue;
      const problem = parsed.ok ? 'has none' : 'cannot be read';
      const detail = imageDetail({ text, parsed });
      yield { message: `image must have a valid digest, ${quoted(text)} ${problem}`, pointer, container, detail };
    }
  },
});
