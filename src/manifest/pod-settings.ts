import { ContainerFields } from './pod-shape';
import { isPlainObject, JsonObject } from '../shape/json';

/*
 * What an object says of the pods that a controller makes from it, where the containers are the controller's own: judged is what is
 * written, never what is left out, because nobody could write it there.
 */

/** The fields of a security context that only a container has. */
const ofContainers = ['privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'procMount', 'capabilities'] as const;

/** A container that no rule finds fault with: what is written is put over it. */
export const harmless: ContainerFields = Object.freeze({
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
});

/** What a security context without a container says that only a container's can say; `undefined` where it says nothing of the sort. */
export function writtenSecurity(securityContext: unknown): JsonObject | undefined {
  if (!isPlainObject(securityContext)) return undefined;
  const written = ofContainers.filter((field) => securityContext[field] !== undefined && securityContext[field] !== null);
  return written.length === 0 ? undefined : Object.fromEntries(written.map((field) => [field, securityContext[field]]));
}

const contextKey = /securityContext$/i;

/** Whether a key may hold a setting of a pod. */
export function isSettingsKey(key: string): boolean {
  return key === 'podMetadata' || key === 'automountServiceAccountToken' || contextKey.test(key);
}

/**
 * The security contexts with other names than the API's, each as an object that holds it under the API's own:
 * `podSecurityContext`, `containerSecurityContext`.
 */
export function* renamedContexts(object: JsonObject): Generator<readonly [key: string, settings: JsonObject], void, undefined> {
  for (const key of Object.keys(object)) {
    const securityContext = object[key];
    if (key !== 'securityContext' && contextKey.test(key) && isPlainObject(securityContext)) yield [key, { securityContext }];
  }
}

/** Whether an object asks for the token of a service account. That of a service account itself is only what pods may say otherwise. */
export function asksForToken(object: JsonObject, key: unknown): boolean {
  return object.automountServiceAccountToken === true && typeof object.kind !== 'string' && !/serviceAccount/i.test(String(key));
}
