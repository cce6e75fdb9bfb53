import { hostProcess } from '../../../src/rules/baseline/host-process';
import { faultsAt } from '../../support/pods';

const pod = 'spec.securityContext.windowsOptions';
const container = 'spec.containers.0.securityContext.windowsOptions';

test.each([
  ['the pod says false', { [pod]: { hostProcess: false } }],
  ['the pod has other options of Windows', { [pod]: { runAsUserName: 'ContainerUser' } }],
  ['a container says false', { [container]: { hostProcess: false } }],
])('passes where %s', (_, changes) => {
  expect(faultsAt(hostProcess, changes)).toEqual([]);
});

test('refuses a HostProcess pod', () => {
  expect(faultsAt(hostProcess, { [pod]: { hostProcess: true } })).toEqual([{
    message: 'securityContext.windowsOptions.hostProcess of the pod must be false or unset, it is true',
    pointer: '/spec/securityContext/windowsOptions/hostProcess',
  }]);
});

test('refuses a HostProcess container', () => {
  expect(faultsAt(hostProcess, { [container]: { hostProcess: true } })).toEqual([{
    message: 'securityContext.windowsOptions.hostProcess must be false or unset, it is true',
    pointer: '/spec/containers/0/securityContext/windowsOptions/hostProcess',
    container: 'web',
  }]);
});
