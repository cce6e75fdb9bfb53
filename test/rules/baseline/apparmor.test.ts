import { apparmor } from '../../../src/rules/baseline/apparmor';
import { faultsAt } from '../../support/pods';

const pod = 'spec.securityContext.appArmorProfile';
const container = 'spec.containers.0.securityContext.appArmorProfile';
const annotated = (name: string, value: string | null) =>
  ({ 'metadata.annotations': { [`container.apparmor.security.beta.kubernetes.io/${name}`]: value } });

test.each([
  { [pod]: { type: 'RuntimeDefault' } },
  { [pod]: null },
  { [container]: { type: 'Localhost', localhostProfile: 'web' } },
  annotated('web', 'runtime/default'),
  annotated('web', 'localhost/web'),
  annotated('web', ''),
  { 'metadata.annotations': null },
  { 'metadata.annotations': { 'example.com/note': 'unconfined' } },
])('passes %j', (changes) => {
  expect(faultsAt(apparmor, changes)).toEqual([]);
});

test('refuses an unconfined pod', () => {
  expect(faultsAt(apparmor, { [pod]: { type: 'Unconfined' } })).toEqual([{
    message: 'securityContext.appArmorProfile.type of the pod must be "RuntimeDefault" or "Localhost", it is "Unconfined"',
    pointer: '/spec/securityContext/appArmorProfile/type',
  }]);
});

test.each([
  [{ type: 'Unconfined' }, '"Unconfined"'],
  [{ type: 'runtime/default' }, '"runtime/default"'],
  [{}, 'not set'],
])('refuses a container with the profile %j', (profile, shown) => {
  expect(faultsAt(apparmor, { [container]: profile })).toEqual([{
    message: `securityContext.appArmorProfile.type must be "RuntimeDefault" or "Localhost", it is ${shown}`,
    pointer: '/spec/containers/0/securityContext/appArmorProfile/type',
    container: 'web',
  }]);
});

test.each([0, 29, 37])('refuses the annotation of old at Kubernetes 1.%i', (minor) => {
  expect(faultsAt(apparmor, annotated('web', 'unconfined'), minor)).toEqual([{
    message: 'the AppArmor annotation of container "web" must be "runtime/default" or "localhost/…", it is "unconfined"',
    pointer: '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web',
    container: 'web',
  }]);
});

test('refuses the annotation of a container that is not there', () => {
  expect(faultsAt(apparmor, annotated('nobody', 'unconfined'))).toMatchObject([{ container: undefined }]);
});
