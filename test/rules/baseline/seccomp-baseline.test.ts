import { seccompBaseline } from '../../../src/rules/baseline/seccomp-baseline';
import { faultsAt } from '../../support/pods';

const pod = 'spec.securityContext.seccompProfile';
const container = 'spec.containers.0.securityContext.seccompProfile';
const annotated = (key: string, value: string | null) => ({ 'metadata.annotations': { [key]: value } });
const podKey = 'seccomp.security.alpha.kubernetes.io/pod';
const webKey = 'container.seccomp.security.alpha.kubernetes.io/web';

describe('from 1.19 on', () => {
  test.each([
    { [pod]: null },
    { [pod]: { type: 'RuntimeDefault' } },
    { [container]: { type: 'Localhost', localhostProfile: 'web.json' } },
    annotated(podKey, 'unconfined'),
  ])('passes %j', (changes) => {
    expect(faultsAt(seccompBaseline, changes, 19)).toEqual([]);
  });

  test.each([{ type: 'Unconfined' }, { type: 'runtime/default' }, {}])('refuses a pod with the profile %j', (profile) => {
    expect(faultsAt(seccompBaseline, { [pod]: profile }, 19)).toMatchObject([{ pointer: '/spec/securityContext/seccompProfile/type' }]);
  });

  test('refuses a bad profile of the pod even where every container has a good one', () => {
    const good = { type: 'RuntimeDefault' };
    expect(faultsAt(seccompBaseline, {
      [pod]: { type: 'Unconfined' },
      [container]: good,
      'spec.initContainers.0.securityContext.seccompProfile': good,
      'spec.ephemeralContainers.0.securityContext.seccompProfile': good,
    })).toHaveLength(1);
  });

  test('refuses a container', () => {
    expect(faultsAt(seccompBaseline, { [container]: { type: 'Unconfined' } })).toEqual([{
      message: 'securityContext.seccompProfile.type must be "RuntimeDefault" or "Localhost", it is "Unconfined"',
      pointer: '/spec/containers/0/securityContext/seccompProfile/type',
      container: 'web',
    }]);
  });
});

describe('up to 1.18, by the annotations of old', () => {
  test.each([
    { 'metadata.annotations': null },
    annotated(podKey, 'runtime/default'),
    annotated(podKey, 'docker/default'),
    annotated(webKey, 'localhost/web.json'),
    annotated('container.seccomp.security.alpha.kubernetes.io/nobody', 'unconfined'),
    { [pod]: { type: 'Unconfined' } },
  ])('passes %j', (changes) => {
    expect(faultsAt(seccompBaseline, changes, 18)).toEqual([]);
  });

  test('refuses the annotation of the pod', () => {
    expect(faultsAt(seccompBaseline, annotated(podKey, 'unconfined'), 18)).toEqual([{
      message: 'the seccomp annotation of the pod must be "runtime/default" or "localhost/…", it is "unconfined"',
      pointer: '/metadata/annotations/seccomp.security.alpha.kubernetes.io~1pod',
      fix: 'set the annotation to runtime/default',
    }]);
  });

  test.each(['unconfined', ''])('refuses the annotation of a container with %p', (value) => {
    expect(faultsAt(seccompBaseline, annotated(webKey, value), 18)).toMatchObject([{
      message: expect.stringContaining('annotation of container "web"'),
      pointer: '/metadata/annotations/container.seccomp.security.alpha.kubernetes.io~1web',
      container: 'web',
    }]);
  });

  test('takes a container without a name for one with an empty name, as Kubernetes does', () => {
    const changes = { 'spec.containers.0.name': undefined, ...annotated('container.seccomp.security.alpha.kubernetes.io/', 'unconfined') };
    expect(faultsAt(seccompBaseline, changes, 18)).toMatchObject([{ container: 'containers[0]' }]);
  });
});
