import { yaml } from '../example';
import { builtInRule } from '../rule';

/** In every profile, because what cannot be read cannot be judged, and what was not judged has not passed. */
export const manifest = builtInRule({
  id: 'manifest',
  summary: 'Every field that a rule reads has the type that the Kubernetes API gives it.',
  law: {
    fields: ['every field that a rule reads'],
    allowed: 'a value of the field\'s type; null, which is the same as unset',
    source: 'Kubernetes API reference, core/v1',
  },
  why: 'What cannot be read cannot be judged: a list written as a string would otherwise look like a list of nothing, and pass.',
  fix: 'write the value with the type that the Kubernetes API reference gives for the field',
  profile: 'baseline',
  severity: 'high',
  references: {},
  examples: {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: ALL }  # a string where a list belongs
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL] }
    `,
  },
  *check(pod) {
    yield* pod.malformed;
  },
  *checkPersistentVolume(volume) {
    yield* volume.malformed;
  },
});
