import { hostPorts } from '../../../src/rules/baseline/host-ports';
import { faultsAt } from '../../support/pods';

const ports = 'spec.containers.0.ports';

test.each([
  [null],
  [[]],
  [[{ containerPort: 8080 }]],
  [[{ containerPort: 8080, hostPort: 0 }]],
])('passes the ports %j', (value) => {
  expect(faultsAt(hostPorts, { [ports]: value })).toEqual([]);
});

test('refuses a host port, where it stands', () => {
  expect(faultsAt(hostPorts, { [ports]: [{ containerPort: 8080 }, { containerPort: 8443, hostPort: 443 }] })).toEqual([{
    message: 'hostPort must be unset, it is 443',
    pointer: '/spec/containers/0/ports/1/hostPort',
    container: 'web',
  }]);
});

describe('under hostNetwork, where the API server fills in the host port', () => {
  const hostNetwork = { 'spec.hostNetwork': true };

  test.each([[[{ containerPort: 8080 }]], [[{ containerPort: 8080, hostPort: 0 }]]])('refuses the ports %j', (value) => {
    expect(faultsAt(hostPorts, { ...hostNetwork, [ports]: value })).toEqual([{
      message: 'hostPort must be unset, under hostNetwork it becomes the containerPort 8080',
      pointer: '/spec/containers/0/ports/0',
      container: 'web',
      fix: 'remove hostNetwork',
    }]);
  });

  test('passes a port without a number, which stays 0', () => {
    expect(faultsAt(hostPorts, { ...hostNetwork, [ports]: [{}] })).toEqual([]);
  });

  test('passes an ephemeral container, for which nothing is filled in', () => {
    expect(faultsAt(hostPorts, { ...hostNetwork, 'spec.ephemeralContainers.0.ports': [{ containerPort: 8080 }] })).toEqual([]);
  });
});
