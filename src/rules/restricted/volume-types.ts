import { Pod, Volume } from '../../manifest/pod';
import { pointer } from '../../shape/json';
import { quoted } from '../../text/text';
import { hostPathAllowance, hostPathDetail } from '../allowed-host-path';
import { yaml } from '../example';
import { builtInRule, RuleContext } from '../rule';

const allowedTypes: ReadonlySet<string> = new Set([
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret',
]);

export const volumeTypes = builtInRule({
  id: 'volume-types',
  summary: 'Volumes are of the types that restricted pods may use.',
  law: {
    fields: ['spec.volumes[*]'],
    allowed: `a source among ${[...allowedTypes].join(', ')}; none at all, which the API server makes an emptyDir; a hostPath that the hostPaths of the policy allow. A source that is not known here is refused`,
    source: 'Pod Security Standards, restricted, "Volume Types", since 1.0',
  },
  why: 'Other types reach storage of the node or the network directly, without the PersistentVolumes that an administrator has set up; most are deprecated.',
  fix: 'use a persistentVolumeClaim, or an emptyDir, configMap, secret, projected, downwardAPI, csi, ephemeral or image volume',
  profile: 'restricted',
  severity: 'low',
  references: {
    pss: 'Restricted: Volume Types',
    kyverno: ['restrict-volume-types'],
    trivy: ['KSV-0028'],
  },
  examples: {
    bad: yaml`
      volumes:
      - name: share
        nfs: { server: nfs.example.com, path: /share }
    `,
    good: yaml`
      volumes:
      - name: share
        persistentVolumeClaim: { claimName: share }
    `,
  },
  *check(pod, context) {
    for (const volume of pod.volumes) {
      if (volume.sources.length === 0 || volume.sources.some((source) => allowedTypes.has(source))) continue;
      if (isAllowedHostPath(pod, volume, context)) continue;
      const [source] = volume.sources;
      yield {
        message: `volume ${quoted(volume.label)} must be of a type that restricted pods may use, it is ${quoted(source)}`,
        pointer: pointer(volume.pointer, source),
        detail: detailOf(volume),
        // One decision is enough for one path.
        ...source === 'hostPath' && { moreExactRule: 'host-path' },
      };
    }
  },
});

/** The type, and where it is a path of the node, which one. */
function detailOf({ sources, hostPath }: Volume): string {
  const types = [...sources].sort().join(',');
  return hostPath === undefined ? types : `${types} ${hostPathDetail(hostPath.path) ?? 'not set'}`;
}

function isAllowedHostPath(pod: Pod, volume: Volume, context: RuleContext): boolean {
  return volume.sources.length === 1 && volume.sources[0] === 'hostPath'
    && hostPathAllowance(pod, volume, context).verdict === 'allowed';
}
