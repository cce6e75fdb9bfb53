import { defineRule } from '../rule';

/*
 * Every field that a rule reads has the type that the Kubernetes API gives it.
 *
 * **Fields**          every field that any rule reads
 * **Allowed values**  a value of the field's type, or null, which is the same as unset
 * **Source**          Kubernetes API reference, core/v1
 *
 * It is in every profile, because what cannot be read cannot be judged, and what was not judged has not passed.
 */
export const manifest = defineRule({
  id: 'manifest',
  summary: 'Every field that a rule reads has the type that the Kubernetes API gives it.',
  why: 'What cannot be read cannot be judged: a list written as a string would otherwise look like a list of nothing, and pass.',
  fix: 'write the value with the type that the Kubernetes API reference gives for the field',
  profile: 'baseline',
  references: {},
  *check(pod) {
    yield* pod.malformed;
  },
  *checkPersistentVolume(volume) {
    yield* volume.malformed;
  },
});
