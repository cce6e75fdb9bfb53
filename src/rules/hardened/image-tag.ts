import { quoted } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { namedImages } from '../named-images';
import { builtInRule } from '../rule';

export const imageTag = builtInRule({
  id: 'image-tag',
  summary: 'The tag of every image is a version, not a name that moves.',
  law: {
    fields: ['spec.containers[*].image', 'spec.volumes[*].image.reference'],
    allowed: 'a tag that is not among the moving tags of the policy, in any letter case; no tag only beside a digest',
    source: 'NIST SP 800-190, 4.2.2',
  },
  why: 'A moving tag does not say what runs, or which version to go back to. Beside a digest it is soon wrong, and latest makes the kubelet ask the registry at each start.',
  fix: 'write the version as the tag, as in ghcr.io/acme/shop:1.4.2@sha256:…, or the digest alone',
  profile: 'hardened',
  severity: 'low',
  references: {
    kyverno: ['disallow-latest-tag'],
    kubeLinter: ['latest-tag'],
    trivy: ['KSV-0013'],
    checkov: ['CKV_K8S_14'],
    kubescape: ['C-0304'],
    polaris: ['tagNotSpecified'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:latest@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
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
