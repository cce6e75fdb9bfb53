import { chartUnder, image, kinds, main, podSpecOf, rendered } from './workloads';
import * as kplus from '../../src/index';
import { fillSilence } from '../../src/workloads/fill-silence';

describe.each(Object.entries(kinds))('a %s with nothing said', (_kind, make) => {
  const chart = chartUnder();
  make(chart, { containers: [main], initContainers: [{ image }] });
  const spec = podSpecOf(chart);

  test.each(['containers', 'initContainers'] as const)('has %s that are hardened', (list) => {
    expect(spec[list]).toHaveLength(1);
    expect(spec[list]![0]).toMatchObject({
      image,
      imagePullPolicy: 'Always',
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
    });
  });

  test('has the seccomp profile of the container runtime', () => {
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('has no token, no pull secret and no volume', () => {
    expect(spec).toMatchObject({ automountServiceAccountToken: false });
    expect(spec).not.toHaveProperty('imagePullSecrets');
    expect(spec).not.toHaveProperty('volumes');
  });

  test('has no user: only the image knows who owns its files', () => {
    expect(JSON.stringify(spec)).not.toMatch(/runAsUser|runAsGroup|fsGroup"/);
  });

  test('is the same when it is rendered again', () => {
    expect(podSpecOf(chart)).toEqual(spec);
  });
});

describe('what the author said survives', () => {
  const securityContextOf = (securityContext: kplus.ContainerSecurityContextProps) =>
    rendered({ containers: [{ ...main, securityContext }] }).containers[0].securityContext;

  test('a list of dropped capabilities, also an empty one', () => {
    expect(securityContextOf({ capabilities: { drop: [kplus.Capability.NET_RAW] } })!.capabilities).toEqual({ drop: ['NET_RAW'] });
    expect(securityContextOf({ capabilities: { drop: [] } })!.capabilities?.drop).not.toEqual(['ALL']);
  });

  test('added capabilities, beside the dropped ones that were not said', () => {
    const capabilities = { add: [kplus.Capability.NET_BIND_SERVICE] };
    expect(securityContextOf({ capabilities })!.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['ALL'] });
    expect(capabilities).toEqual({ add: ['NET_BIND_SERVICE'] });
  });

  test('a seccomp profile of a container, beside that of the pod', () => {
    const seccompProfile = { type: kplus.SeccompProfileType.UNCONFINED };
    expect(securityContextOf({ seccompProfile })!.seccompProfile).toEqual({ type: 'Unconfined' });
  });

  test('a seccomp profile of the pod, which cdk8s-plus cannot say yet', () => {
    const pod = new kplus.Pod(chartUnder(), 'app', { containers: [main] });
    const seccompProfile = { type: 'Localhost', localhostProfile: 'profile.json' };
    expect(fillSilence(pod, { containers: [], securityContext: { seccompProfile } }).securityContext).toEqual({ seccompProfile });
  });

  test('what is unsafe: it is for the rules to judge', () => {
    const said = { allowPrivilegeEscalation: true, ensureNonRoot: false, privileged: true, readOnlyRootFilesystem: false };
    expect(securityContextOf(said)).toMatchObject({
      allowPrivilegeEscalation: true, privileged: true, readOnlyRootFilesystem: false, runAsNonRoot: false,
    });
  });

  test('a token, a user and a group', () => {
    const securityContext = { user: 7, group: 8, fsGroup: 9 };
    expect(rendered({ containers: [main], automountServiceAccountToken: true, securityContext })).toMatchObject({
      automountServiceAccountToken: true, securityContext: { runAsUser: 7, runAsGroup: 8, fsGroup: 9 },
    });
  });
});
