import { podSpecOf, synthesize } from './synthesized';
import { hello } from '../../examples/hello/main';

test('hello passes, and the one deployment has all that the author left unsaid', () => {
  const { objects, verdicts } = synthesize(hello);
  expect(verdicts).toEqual([expect.objectContaining({ findings: [], errors: [], exemptions: [] })]);
  expect(objects.map(({ kind }) => kind)).toEqual(['Deployment']);
  expect(podSpecOf(objects[0])).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      imagePullPolicy: 'Always',
      securityContext: {
        allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true,
      },
    }],
  });
});
