import { Pod } from '../manifest/pod';
import { ContainerFields, PodSpec } from '../manifest/pod-shape';

type OfContainer = NonNullable<ContainerFields['securityContext']>;
type OfPod = NonNullable<PodSpec['securityContext']>;

/** The fields that the security contexts of a pod and of a container have in common. */
export type SharedFields = Pick<OfContainer, keyof OfContainer & keyof OfPod>;

/** A security context, of the pod or of a container. */
export interface SecurityContext {
  readonly fields: SharedFields;
  readonly pointer: string;
  /** The container's label; `undefined` for the pod's own. */
  readonly container: string | undefined;
  /** For a message, behind the name of a field: ` of the pod`, or nothing for a container. */
  readonly owner: string;
}

// Shared, because nearly every pod passes: the passing path makes no garbage.
const none: readonly SecurityContext[] = [];

/**
 * The security contexts that are set and bad: that of the pod first, then those of the containers of all lists.
 *
 * A value of the pod that every container overrides is judged all the same, as the Pod Security Standards do: the next
 * container, added by hand or by a webhook, would inherit it.
 */
export function securityContextsWhere(pod: Pod, isBad: (fields: SharedFields) => boolean): readonly SecurityContext[] {
  let found: SecurityContext[] | undefined;
  const own = pod.spec.securityContext;
  if (own !== undefined && isBad(own)) {
    found = [{ fields: own, pointer: `${pod.pointer}/securityContext`, container: undefined, owner: ' of the pod' }];
  }
  for (const { securityContext: fields, pointer, label } of pod.containers) {
    if (fields !== undefined && isBad(fields)) {
      (found ??= []).push({ fields, pointer: `${pointer}/securityContext`, container: label, owner: '' });
    }
  }
  return found ?? none;
}
