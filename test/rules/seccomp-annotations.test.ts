import { seccompBaseline } from '../../src/rules/baseline/seccomp-baseline';
import { seccompRestricted } from '../../src/rules/restricted/seccomp-restricted';
import { faultsAt } from '../support/pods';

const podKey = 'seccomp.security.alpha.kubernetes.io/pod';
const keyOf = (name: string) => `container.seccomp.security.alpha.kubernetes.io/${name}`;
const field = 'spec.containers.0.securityContext.seccompProfile';
const annotated = (annotations: Record<string, string | null>) => ({ 'metadata.annotations': annotations });
const unsetOnPod = { 'spec.securityContext.seccompProfile': null };

describe('an annotation that says unconfined, where the field is not set', () => {
  test.each([[18, 1], [19, 1], [22, 1], [26, 1], [27, 0], [37, 0]])('is at Kubernetes 1.%i found %i times', (minor, count) => {
    expect(faultsAt(seccompBaseline, annotated({ [keyOf('web')]: 'unconfined' }), minor)).toHaveLength(count);
  });

  test('is told where it stands, with what to write instead', () => {
    expect(faultsAt(seccompBaseline, annotated({ [keyOf('web')]: 'unconfined' }), 26)).toEqual([{
      message: 'the seccomp annotation of container "web" must be "runtime/default" or "localhost/…", it is "unconfined"',
      pointer: '/metadata/annotations/container.seccomp.security.alpha.kubernetes.io~1web',
      container: 'web',
      fix: 'remove the annotation and set securityContext.seccompProfile.type to RuntimeDefault: '
        + 'up to Kubernetes 1.26 the API server copies the annotation into the field',
    }]);
  });

  test.each(['migrate', 'web', 'debug'])('is refused for %s, a container of another list each', (name) => {
    const changes = annotated({ [keyOf(name)]: 'unconfined' });
    expect(faultsAt(seccompBaseline, changes, 24)).toMatchObject([{ container: name }]);
    expect(faultsAt(seccompRestricted, changes, 24)).toMatchObject([{ container: name }]);
  });

  test('of the pod is one finding, not one for each container', () => {
    const changes = { ...unsetOnPod, ...annotated({ [podKey]: 'unconfined' }) };
    expect(faultsAt(seccompBaseline, changes, 26)).toHaveLength(1);
    expect(faultsAt(seccompRestricted, changes, 26)).toHaveLength(1);
  });
});

test.each([{ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'a.json' }])('the field %j wins over the annotation', (profile) => {
  const changes = { ...annotated({ [keyOf('web')]: 'unconfined' }), [field]: profile };
  expect(faultsAt(seccompBaseline, changes, 26)).toEqual([]);
  expect(faultsAt(seccompRestricted, changes, 26)).toEqual([]);
});

describe('restricted takes what the API server fills in for a profile', () => {
  test.each(['runtime/default', 'docker/default', 'localhost/a.json'])('the value %j', (value) => {
    const containers = annotated(Object.fromEntries(['migrate', 'web', 'debug'].map((name) => [keyOf(name), value])));
    expect(faultsAt(seccompRestricted, { ...unsetOnPod, ...annotated({ [podKey]: value }) }, 26)).toEqual([]);
    expect(faultsAt(seccompRestricted, { ...unsetOnPod, ...containers }, 26)).toEqual([]);
    expect(faultsAt(seccompRestricted, { ...unsetOnPod, ...containers }, 27)).toHaveLength(3);
  });

  test.each(['localhost/', '', 'RuntimeDefault', 'Unconfined', null])('but not %j, which it fills in nowhere', (value) => {
    const changes = { ...unsetOnPod, ...annotated({ [podKey]: value }) };
    expect(faultsAt(seccompBaseline, changes, 26)).toEqual([]);
    expect(faultsAt(seccompRestricted, changes, 26)).toHaveLength(3);
  });
});
