import { mountedAmong } from '../../image/container-paths';
import { quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { lockedContainers } from '../locked-containers';
import { linuxPlatformsOf, volumePathsOf } from '../locked-facts';
import { nodePlatformsOf } from '../node-platforms';
import { defineRule } from '../rule';

/*
 * Where the root filesystem is read-only, every path that a locked image declares as a VOLUME has a volume.
 *
 * **Fields**          image, securityContext.readOnlyRootFilesystem and volumeMounts[*].mountPath of every container; the VOLUME paths
 *                     of the locked image on each platform of Linux that the pod may run on
 * **Allowed values**  a mount at the path or above it; a read-only one too, because its author has decided
 * **Source**          OCI image specification 1.1, config, "Volumes"; CRI-O, image_volumes; containerd, ignore_image_defined_volumes
 */
export const imageWritablePaths = defineRule({
  id: 'image-writable-paths',
  summary: 'Where the root filesystem is read-only, every VOLUME path of a locked image has a volume.',
  why: 'A VOLUME is where the image writes. On a read-only root containerd makes such a path writable all the same, in a folder of the node without a limit, and CRI-O leaves it read-only: the pod runs on one cluster and fails on the next.',
  fix: 'mount an emptyDir with a sizeLimit at each VOLUME path of the image',
  profile: 'hardened',
  references: {},
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
