import { hostProbes } from '../../../src/rules/baseline/host-probes';
import { faultsAt } from '../../support/pods';

const places = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];
const actions = ['httpGet', 'tcpSocket'];

test.each(places.flatMap((place) => actions.map((action) => [place, action])))('refuses a host in %s.%s', (place, action) => {
  expect(faultsAt(hostProbes, { [`spec.containers.0.${place}.${action}`]: { port: 80, host: '169.254.169.254' } })).toEqual([{
    message: `${place}.${action}.host must be unset, it is "169.254.169.254"`,
    pointer: `/spec/containers/0/${place.replace('.', '/')}/${action}/host`,
    container: 'web',
  }]);
});

test.each([
  [{ httpGet: { port: 80 } }],
  [{ httpGet: { port: 80, host: '' } }],
  [{ tcpSocket: { port: 80, host: null } }],
  [{ exec: { command: ['true'] } }],
])('passes the probe %j', (probe) => {
  expect(faultsAt(hostProbes, { 'spec.containers.0.livenessProbe': probe })).toEqual([]);
});

test('refuses even the loopback address, which is that of the node to the kubelet', () => {
  expect(faultsAt(hostProbes, { 'spec.containers.0.livenessProbe.httpGet': { port: 80, host: '127.0.0.1' } })).toHaveLength(1);
});

test.each([[33, 0], [34, 1], [37, 1]])('at Kubernetes 1.%i it finds %i', (minor, count) => {
  expect(faultsAt(hostProbes, { 'spec.containers.0.livenessProbe.httpGet': { port: 80, host: 'a' } }, minor)).toHaveLength(count);
});
