import { apparmor } from './baseline/apparmor';
import { capabilitiesBaseline } from './baseline/capabilities-baseline';
import { embeddedManifest } from './baseline/embedded-manifest';
import { hostNamespaces } from './baseline/host-namespaces';
import { hostPathVolumes } from './baseline/host-path-volumes';
import { hostPorts } from './baseline/host-ports';
import { hostProbes } from './baseline/host-probes';
import { hostProcess } from './baseline/host-process';
import { manifest } from './baseline/manifest';
import { privileged } from './baseline/privileged';
import { procMount } from './baseline/proc-mount';
import { seccompBaseline } from './baseline/seccomp-baseline';
import { selinux } from './baseline/selinux';
import { sysctls } from './baseline/sysctls';
import { hostPath } from './hardened/host-path';
import { imageDigest } from './hardened/image-digest';
import { imageDrift } from './hardened/image-drift';
import { imagePlatform } from './hardened/image-platform';
import { imagePullPolicy } from './hardened/image-pull-policy';
import { imagePullSecret } from './hardened/image-pull-secret';
import { imageReference } from './hardened/image-reference';
import { imageRegistry } from './hardened/image-registry';
import { imageTag } from './hardened/image-tag';
import { imageUser } from './hardened/image-user';
import { imageWritablePaths } from './hardened/image-writable-paths';
import { readOnlyRootFilesystem } from './hardened/read-only-root-filesystem';
import { serviceAccountToken } from './hardened/service-account-token';
import { startupDownload } from './hardened/startup-download';
import { capabilitiesRestricted } from './restricted/capabilities-restricted';
import { privilegeEscalation } from './restricted/privilege-escalation';
import { procMountRestricted } from './restricted/proc-mount-restricted';
import { runAsNonRoot } from './restricted/run-as-non-root';
import { runAsUser } from './restricted/run-as-user';
import { seccompRestricted } from './restricted/seccomp-restricted';
import { volumeTypes } from './restricted/volume-types';
import { BuiltInRule, Profile, profiles } from './rule';

/** The identity function; a rule that stands under another id than its own does not compile. */
function lawBook<T extends { readonly [Id in keyof T]: BuiltInRule<Id & string> }>(book: T): Readonly<T> {
  return Object.freeze(book);
}

/** Every rule by its id, in reading order: what must be readable, then each profile as its standard has it. */
export const rules = lawBook({
  'manifest': manifest,
  'embedded-manifest': embeddedManifest,

  'host-process': hostProcess,
  'host-namespaces': hostNamespaces,
  'privileged': privileged,
  'capabilities-baseline': capabilitiesBaseline,
  'host-path-volumes': hostPathVolumes,
  'host-ports': hostPorts,
  'host-probes': hostProbes,
  'apparmor': apparmor,
  'selinux': selinux,
  'proc-mount': procMount,
  'seccomp-baseline': seccompBaseline,
  'sysctls': sysctls,

  'volume-types': volumeTypes,
  'privilege-escalation': privilegeEscalation,
  'run-as-non-root': runAsNonRoot,
  'run-as-user': runAsUser,
  'seccomp-restricted': seccompRestricted,
  'capabilities-restricted': capabilitiesRestricted,
  'proc-mount-restricted': procMountRestricted,

  'image-reference': imageReference,
  'image-digest': imageDigest,
  'image-tag': imageTag,
  'image-drift': imageDrift,
  'image-registry': imageRegistry,
  'image-pull-policy': imagePullPolicy,
  'image-pull-secret': imagePullSecret,
  'image-platform': imagePlatform,
  'image-user': imageUser,
  'read-only-root-filesystem': readOnlyRootFilesystem,
  'image-writable-paths': imageWritablePaths,
  'host-path': hostPath,
  'service-account-token': serviceAccountToken,
  'startup-download': startupDownload,
});

/** The ids of the rules that come with the library, as a union of literals. */
export type RuleId = keyof typeof rules;

/** The rules that are silent without a lock. */
export const lockRules: ReadonlySet<string> = new Set<RuleId>(['image-drift', 'image-platform', 'image-user', 'image-writable-paths']);

/** `true` for the id of a rule that comes with the library; a rule of the policy's own is not known here. */
export function isRuleId(text: string): text is RuleId {
  return Object.prototype.hasOwnProperty.call(rules, text);
}

/** The rules of a profile in reading order, with those of the profiles within it. */
export function rulesOf(profile: Profile): readonly BuiltInRule[] {
  return Object.values<BuiltInRule>(rules).filter((rule) => profiles.indexOf(rule.profile) <= profiles.indexOf(profile));
}
