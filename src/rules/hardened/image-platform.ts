import { ImageFacts, platformsOf } from '../../image/facts';
import type { ImageReference } from '../../image/reference';
import { listed, quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { lockedContainers } from '../locked-containers';
import { AskedPlatform, hasPlatform, nodePlatformsOf } from '../node-platforms';
import { builtInRule } from '../rule';

export const imagePlatform = builtInRule({
  id: 'image-platform',
  summary: 'Every locked image has each operating system and architecture that its pod asks for.',
  law: {
    fields: [
      'spec.containers[*].image',
      'spec.nodeSelector',
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution',
      'spec.os.name',
    ],
    allowed: 'a pod that may run on a platform of the locked image, and names no system or architecture (kubernetes.io/os, kubernetes.io/arch and their beta names) that the image lacks',
    source: 'Kubernetes documentation, "Well-Known Labels, Annotations and Taints"; OCI image specification 1.1, image index',
  },
  why: 'A node of another platform cannot pull the image, or pulls it and cannot run it ("exec format error"). Where a pod may run on two architectures, this shows only when the pod is moved.',
  fix: 'build and lock the image for that platform too, or leave the platform out of the pod\'s nodeSelector and nodeAffinity',
  profile: 'hardened',
  severity: 'low',
  references: {},
  examples: {
    bad: yaml`
      # images.lock.json: the image is locked for linux/amd64
      nodeSelector: { kubernetes.io/arch: arm64 }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # images.lock.json: the image is locked for linux/amd64
      nodeSelector: { kubernetes.io/arch: amd64 }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  *check(pod, context) {
    if (context.lock === undefined) return;
    const nodes = nodePlatformsOf(pod.spec, context);
    for (const { container, reference, image } of lockedContainers(pod, context.lock)) {
      const names = Object.keys(platformsOf(reference, image));
      // What is no container image has no platforms, and of one that has drifted nothing is known.
      if (names.length === 0) continue;
      const missing = nodes.asked.filter((asked) => !hasPlatform(names, asked)).map(nameOf);
      if (missing.length === 0 && names.some((name) => nodes.allows(name))) continue;
      const wanted = missing.length === 0 ? 'a platform that its pod may run on' : `${listed(missing)}, where the pod may run`;
      yield {
        message: `image must be one for ${wanted}; ${quoted(image.reference)} is ${knownAs(reference, image)} ${listed(names)} only`,
        pointer: `${container.pointer}/image`,
        container: container.label,
        detail: repositoryOf(reference),
        fix: fixOf(reference, image),
      };
    }
  },
});

function nameOf({ os, architecture }: AskedPlatform): string {
  return [os, architecture].filter((half) => half !== undefined).join('/');
}

function isPartial({ digest }: ImageReference, image: ImageFacts): boolean {
  return digest !== undefined && digest !== image.digest;
}

function knownAs(reference: ImageReference, image: ImageFacts): string {
  return isPartial(reference, image) ? 'pinned to its part for' : 'locked for';
}

/** The lock has what was asked for: an image may well have platforms that were left out with `--platform`. */
function fixOf(reference: ImageReference, image: ImageFacts): string {
  const other = 'or change where the pod may run (nodeSelector, nodeAffinity, os)';
  if (isPartial(reference, image)) return `write the digest of all platforms, ${quotedUpTo(140, image.digest)}, ${other}`;
  return `lock the image for such a platform too (build it, or leave out --platform of cdk8s-hardened lock), ${other}`;
}
