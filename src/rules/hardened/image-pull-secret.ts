import { quoted } from '../../text/text';
import { repositoryOf } from '../detail';
import { namedImages } from '../named-images';
import { defineRule } from '../rule';
import { trustedRegistry } from '../trusted-registry';

/*
 * A pod names the pull secret that the policy gives to the registry of each of its images.
 *
 * **Fields**          imagePullSecrets[*].name
 * **Allowed values**  a list with the `pullSecret` of every policy entry that one of the pod's images falls under
 * **Source**          Kubernetes documentation, "Images", "Specifying imagePullSecrets on a Pod"
 *
 * A secret that only the service account brings along does not count, because a manifest does not show it.
 */
export const imagePullSecret = defineRule({
  id: 'image-pull-secret',
  summary: 'A pod names the pull secret that the policy gives to the registry of each of its images.',
  why: 'Without the secret the pull fails on a fresh node, or works only because another pod with the right to it has been there before.',
  fix: 'add the pull secret to imagePullSecrets of the pod',
  profile: 'hardened',
  references: {
    kyverno: ['require-imagepullsecrets'],
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
