import { isPinned } from '../../image/pinned';
import { quoted } from '../../text/text';
import { imageDetail } from '../detail';
import { yaml } from '../example';
import { namedImages } from '../named-images';
import { builtInRule } from '../rule';

export const imageDigest = builtInRule({
  id: 'image-digest',
  summary: 'Every image is pinned to its content by a digest.',
  law: {
    fields: ['spec.containers[*].image', 'spec.volumes[*].image.reference'],
    allowed: 'a reference with @sha256: and 64 lower-case hex digits, or @sha512: and 128; the tag may stay beside it',
    source: 'OCI image specification 1.1, "Digests"; NIST SP 800-190, 4.1.5',
  },
  why: 'Anyone who may push can move a tag, so two starts of one manifest may run different software. A digest always means the same content.',
  fix: 'write the digest after the tag, as in ghcr.io/acme/shop:1.4.2@sha256:<64 hex digits>',
  profile: 'hardened',
  severity: 'high',
  references: {
    kyverno: ['require-image-checksum'],
    checkov: ['CKV_K8S_43'],
    kubescape: ['C-0306'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
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
