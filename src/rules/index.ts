import { apparmor } from './apparmor';
import { capabilitiesBaseline } from './capabilities-baseline';
import { capabilitiesRestricted } from './capabilities-restricted';
import { embeddedManifest } from './embedded-manifest';
import { hostNamespaces } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPathVolumes } from './host-path-volumes';
import { hostPorts } from './host-ports';
import { hostProbes } from './host-probes';
import { hostProcess } from './host-process';
import { imageDigest } from './image-digest';
import { imageDrift } from './image-drift';
import { imagePlatform } from './image-platform';
import { imagePullPolicy } from './image-pull-policy';
import { imagePullSecret } from './image-pull-secret';
import { imageReference } from './image-reference';
import { imageRegistry } from './image-registry';
import { imageTag } from './image-tag';
import { imageUser } from './image-user';
import { imageWritablePaths } from './image-writable-paths';
import { manifest } from './manifest';
import { privilegeEscalation } from './privilege-escalation';
import { privileged } from './privileged';
import { procMount } from './proc-mount';
import { procMountRestricted } from './proc-mount-restricted';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { Profile, profiles, Rule } from './rule';
import { runAsNonRoot } from './run-as-non-root';
import { runAsUser } from './run-as-user';
import { seccompBaseline } from './seccomp-baseline';
import { seccompRestricted } from './seccomp-restricted';
import { selinux } from './selinux';
import { serviceAccountToken } from './service-account-token';
import { startupDownload } from './startup-download';
import { sysctls } from './sysctls';
import { volumeTypes } from './volume-types';

/** The identity function; a rule that stands under another id than its own does not compile. */
function lawBook<T extends { readonly [Id in keyof T]: Rule<Id & string> }>(book: T): Readonly<T> {
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
export function rulesOf(profile: Profile): readonly Rule[] {
  return Object.values<Rule>(rules).filter((rule) => profiles.indexOf(rule.profile) <= profiles.indexOf(profile));
}
