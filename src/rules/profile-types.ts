import { Fault } from './rule';
import { securityContextsWhere, SharedFields } from './security-contexts';
import { Pod } from '../manifest/pod';
import { quotedOrUnset } from '../text/text';

/** A fault for each profile that is set, of the pod or of a container, and does not confine. */
export function unconfined(pod: Pod, field: 'seccompProfile' | 'appArmorProfile'): readonly Fault[] {
  const isUnconfined = (fields: SharedFields) => fields[field] !== undefined && !isConfining(fields[field].type);
  return securityContextsWhere(pod, isUnconfined).map(({ fields, pointer, container, owner }) => ({
    message: `securityContext.${field}.type${owner} must be "RuntimeDefault" or "Localhost", it is ${quotedOrUnset(fields[field]?.type)}`,
    pointer: `${pointer}/${field}/type`,
    container,
    detail: fields[field]?.type,
  }));
}

function isConfining(type: string | undefined): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}
