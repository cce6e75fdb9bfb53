import { quoted } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { namedImages } from '../named-images';
import { builtInRule } from '../rule';
import { trustedRegistry } from '../trusted-registry';

/** A secret that only the service account brings along does not count, because a manifest does not show it. */
export const imagePullSecret = builtInRule({
  id: 'image-pull-secret',
  summary: 'A pod names the pull secret that the policy sets for the registry of each of its images.',
  law: {
    fields: ['spec.imagePullSecrets[*].name'],
    allowed: 'a list with the pull secret of every policy entry that one of the images of the pod falls under',
    source: 'Kubernetes documentation, "Images", "Specifying imagePullSecrets on a Pod"',
  },
  why: 'Without the secret the pull fails on a new node, or works only because another pod has pulled the image there before.',
  fix: 'add the pull secret to imagePullSecrets of the pod',
  profile: 'hardened',
  severity: 'low',
  references: {
    kyverno: ['require-imagepullsecrets'],
  },
  examples: {
    bad: yaml`
      # policy: registries: { quay.io/acme: { pullSecret: quay } }
      containers:
      - name: web
        image: quay.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # policy: registries: { quay.io/acme: { pullSecret: quay } }
      imagePullSecrets: [{ name: quay }]
      containers:
      - name: web
        image: quay.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  *check(pod, { registries }) {
    // What only holds containers has no such field, unless it shows one: the secret is named where it is run.
    if (!pod.isPodSpec && pod.spec.imagePullSecrets === undefined) return;
    const named = new Set<string | undefined>(pod.spec.imagePullSecrets?.map(({ name }) => name));
    for (const { parsed } of namedImages(pod)) {
      if (!parsed.ok) continue;
      const entry = trustedRegistry(registries, parsed.reference);
      if (entry?.pullSecret === undefined || named.has(entry.pullSecret)) continue;
      // Said once for the pod: one line in one place mends it for all its images.
      named.add(entry.pullSecret);
      const image = repositoryOf(parsed.reference);
      yield {
        message: `imagePullSecrets must name ${quoted(entry.pullSecret)}, which ${quoted(image)} is pulled with`,
        pointer: `${pod.pointer}/imagePullSecrets`,
        detail: entry.pullSecret,
        fix: `add { name: ${entry.pullSecret} } to imagePullSecrets of the pod`,
      };
    }
  },
});
