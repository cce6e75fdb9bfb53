import { RuleContext } from './rule';
import { Pod } from '../manifest/pod';

/**
 * `true` where the rules of Linux' own fields do not hold, because the pod says that it runs on Windows.
 *
 * From 1.25 on. There the API server itself refuses such a pod where it sets one of those fields.
 */
export function isExemptWindows(pod: Pod, context: RuleContext): boolean {
  return context.kubernetesMinor >= 25 && pod.spec.os?.name === 'windows';
}

/**
 * `true` where root within the pod is not root on the node, because the pod runs in a user namespace.
 *
 * From 1.35 on (KEP-127). Only `hostUsers: false` counts: the default is the namespace of the host.
 */
export function isExemptUserNamespace(pod: Pod, context: RuleContext): boolean {
  return context.kubernetesMinor >= 35 && pod.spec.hostUsers === false;
}
