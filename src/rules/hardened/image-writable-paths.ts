import { mountedAmong } from '../../image/container-paths';
import { quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { lockedContainers } from '../locked-containers';
import { linuxPlatformsOf, volumePathsOf } from '../locked-facts';
import { nodePlatformsOf } from '../node-platforms';
import { builtInRule } from '../rule';

export const imageWritablePaths = builtInRule({
  id: 'image-writable-paths',
  summary: 'Where the root filesystem is read-only, every VOLUME path of a locked image has a volume.',
  law: {
    fields: [
      'spec.containers[*].image',
      'spec.containers[*].securityContext.readOnlyRootFilesystem',
      'spec.containers[*].volumeMounts[*].mountPath',
    ],
    allowed: 'a mount at or above each VOLUME path of the locked image, on each Linux platform that the pod may run on; a read-only one too, because its author has decided',
    source: 'OCI image specification 1.1, config, "Volumes"; CRI-O, image_volumes; containerd, ignore_image_defined_volumes',
  },
  why: 'A VOLUME is where the image writes. On a read-only root, containerd makes that path writable anyway, on the node and without a size limit; CRI-O leaves it read-only. The pod runs on one cluster and fails on another.',
  fix: 'mount an emptyDir with a sizeLimit at each VOLUME path of the image',
  profile: 'hardened',
  severity: 'low',
  references: {},
  examples: {
    bad: yaml`
      # images.lock.json: the image has VOLUME /data
      containers:
      - name: web
        image: ghcr.io/acme/store:7.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { readOnlyRootFilesystem: true }
    `,
    good: yaml`
      # images.lock.json: the image has VOLUME /data
      containers:
      - name: web
        image: ghcr.io/acme/store:7.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { readOnlyRootFilesystem: true }
        volumeMounts: [{ name: data, mountPath: /data }]
      volumes:
      - name: data
        emptyDir: { sizeLimit: 64Mi }
    `,
  },
  *check(pod, context) {
    if (context.lock === undefined) return;
    const nodes = nodePlatformsOf(pod.spec, context);
    for (const { container, reference, image } of lockedContainers(pod, context.lock)) {
      if (container.securityContext?.readOnlyRootFilesystem !== true) continue;
      const volumes = volumePathsOf(linuxPlatformsOf(reference, image, nodes));
      if (volumes.length === 0) continue;
      // A mount without a path is none: the API server refuses it.
      const isMounted = mountedAmong((container.volumeMounts ?? []).flatMap(({ mountPath }) => mountPath || []));
      const missing = volumes.filter((path) => !isMounted(path));
      if (missing.length === 0) continue;
      const paths = pathList(missing);
      yield {
        message: `volumeMounts must cover ${paths} (VOLUME of ${quoted(image.reference)}), because the root filesystem is read-only`,
        pointer: `${container.pointer}/volumeMounts`,
        container: container.label,
        detail: repositoryOf(reference),
        fix: `mount an emptyDir with a sizeLimit at ${paths}; in TypeScript writablePaths: [${paths}]`,
      };
    }
  },
});

function pathList(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => quotedUpTo(64, path)).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
