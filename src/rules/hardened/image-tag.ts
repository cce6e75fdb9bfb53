import { quoted } from '../../text/text';
import { repositoryOf } from '../detail';
import { namedImages } from '../named-images';
import { defineRule } from '../rule';

/*
 * The tag of every image is a version, not a name that moves.
 *
 * **Fields**          image of every container, volumes[*].image.reference
 * **Allowed values**  a tag that is not among the policy's moving tags, in any letter case; no tag only beside a digest
 * **Source**          NIST SP 800-190, 4.2.2
 */
export const imageTag = defineRule({
  id: 'image-tag',
  summary: 'The tag of every image is a version, not a name that moves.',
  why: 'A moving tag does not tell what runs, nor what to go back to. Beside a digest it says something that is soon untrue, and latest makes the kubelet ask the registry at each start.',
  fix: 'write the version as the tag, as in ghcr.io/acme/shop:1.4.2@sha256:…, or the digest alone',
  profile: 'hardened',
  references: {
    kyverno: ['disallow-latest-tag'],
    kubeLinter: ['latest-tag'],
    trivy: ['KSV-0013'],
    checkov: ['CKV_K8S_14'],
    kubescape: ['C-0304'],
    polaris: ['tagNotSpecified'],
  },
  *check(pod, context) {
    for (const { text, parsed, pointer, container } of namedImages(pod)) {
      if (!parsed.ok) continue;
      const { tag, digest } = parsed.reference;
      const place = { pointer, container, detail: repositoryOf(parsed.reference) };
      if (tag === undefined) {
        if (digest !== undefined) continue;
        yield { message: `image must have a tag or a digest, ${quoted(text)} has neither and means "latest"`, ...place };
      } else if (context.movingTags.has(tag.toLowerCase())) {
        yield { message: `image must have a version as its tag, ${quoted(text)} has ${quoted(tag)}, which moves`, ...place };
      }
    }
  },
});
