import { Pod } from '../../src/manifest/pod';
import { apparmor } from '../../src/rules/baseline/apparmor';
import { capabilitiesBaseline } from '../../src/rules/baseline/capabilities-baseline';
import { hostNamespaces } from '../../src/rules/baseline/host-namespaces';
import { hostPathVolumes } from '../../src/rules/baseline/host-path-volumes';
import { hostPorts } from '../../src/rules/baseline/host-ports';
import { hostProbes } from '../../src/rules/baseline/host-probes';
import { hostProcess } from '../../src/rules/baseline/host-process';
import { privileged } from '../../src/rules/baseline/privileged';
import { procMount } from '../../src/rules/baseline/proc-mount';
import { seccompBaseline } from '../../src/rules/baseline/seccomp-baseline';
import { selinux } from '../../src/rules/baseline/selinux';
import { sysctls } from '../../src/rules/baseline/sysctls';
import { capabilitiesRestricted } from '../../src/rules/restricted/capabilities-restricted';
import { privilegeEscalation } from '../../src/rules/restricted/privilege-escalation';
import { procMountRestricted } from '../../src/rules/restricted/proc-mount-restricted';
import { runAsNonRoot } from '../../src/rules/restricted/run-as-non-root';
import { runAsUser } from '../../src/rules/restricted/run-as-user';
import { seccompRestricted } from '../../src/rules/restricted/seccomp-restricted';
import { volumeTypes } from '../../src/rules/restricted/volume-types';
import { newestKubernetesMinor, Rule } from '../../src/rules/rule';
import { JsonObject } from '../../src/shape/json';
import { plainContext, podOf } from '../support/pods';

/** Our rules by the id of the check of Pod Security admission that each of them is. */
export const rulesByCheck: Readonly<Record<string, Rule>> = {
  allowPrivilegeEscalation: privilegeEscalation,
  appArmorProfile: apparmor,
  capabilities_baseline: capabilitiesBaseline,
  capabilities_restricted: capabilitiesRestricted,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle: hostProbes,
  privileged,
  procMount,
  procMount_restricted: procMountRestricted,
  restrictedVolumes: volumeTypes,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions: selinux,
  seccompProfile_baseline: seccompBaseline,
  seccompProfile_restricted: seccompRestricted,
  sysctls,
  windowsHostProcess: hostProcess,
};

/** What is said of a pod from one minor version of Kubernetes on. */
export interface Verdict {
  readonly from: number;
  readonly baseline: boolean;
  readonly restricted: boolean;
  /** The checks of both levels that fail, sorted. */
  readonly failed: readonly string[];
}

/** What our rules say of a pod, for every version; versions of one verdict are told once. */
export function verdictsOf(manifest: JsonObject): readonly Verdict[] {
  const pod = podOf(manifest);
  const verdicts: Verdict[] = [];
  for (let minor = 0; minor <= newestKubernetesMinor; minor++) {
    const failed = failedChecks(pod, minor);
    if (minor > 0 && String(failed) === String(verdicts[verdicts.length - 1].failed)) continue;
    verdicts.push({
      from: minor,
      baseline: !failed.some((check) => rulesByCheck[check].profile === 'baseline'),
      restricted: failed.length === 0,
      failed,
    });
  }
  return verdicts;
}

function failedChecks(pod: Pod, kubernetesMinor: number): readonly string[] {
  const context = { ...plainContext, kubernetesMinor };
  return Object.keys(rulesByCheck).filter((check) => {
    for (const _fault of rulesByCheck[check].check(pod, context)) return true;
    return false;
  });
}

/**
 * The oracle's verdict as ours has to be.
 *
 * Admission passes over a check of *baseline* where *restricted* has one of the same fields, which opens a gap: where that
 * one does not hold (Windows) or reads less (a volume of two sources), *restricted* admits what *baseline* does not.
 * Our profiles lie within each other, so *restricted* is both levels. No pod that the API server accepts is in the gap.
 */
export function nested(verdict: Verdict): Verdict {
  return { ...verdict, restricted: verdict.restricted && verdict.baseline };
}

/** `true` where the API server would refuse the pod before any admission, for one of the reasons that open the gap. */
export function isRefusedByTheApiServer(manifest: JsonObject): boolean {
  const { spec, containers, volumes } = podOf(manifest);
  const hasLinuxFields = spec.securityContext?.seccompProfile !== undefined
    || containers.some(({ securityContext: own }) => own?.capabilities !== undefined || own?.seccompProfile !== undefined);
  return spec.os?.name === 'windows' && hasLinuxFields || volumes.some(({ sources }) => sources.length > 1);
}
