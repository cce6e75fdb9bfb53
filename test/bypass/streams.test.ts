import { Policy } from '../../src';
import { readManifests } from '../../src/manifest/read';
import { addWanted, nothingWanted } from '../../src/resolve/in-manifests';
import { checked, pod, policy, run, useFolder, write } from '../cli/support';

/*
 * A file that says one thing to a reader of YAML and another to kubectl: what is judged is then not what is created. What kubectl makes
 * of such streams is frozen in test/conformance/streams.
 */

useFolder();
beforeEach(() => write('hardened.yaml', policy));

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n';
const evil = 'apiVersion: v1\nkind: Pod\nmetadata: {name: evil}\nspec: {hostPID: true, containers: [{name: a, image: evil}]}\n';
const json = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "evil"}, "spec": {"hostPID": true}}\n';

const streams: readonly (readonly [name: string, text: string])[] = [
  ['a marker that YAML takes for a key, and what divides for a text', `${map}---#: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: evil}\n  spec: {hostPID: true}\n`],
  ['the same with white space of Unicode', `${map}---\u3000# x: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: evil}\n  spec: {hostPID: true}\n`],
  ['a comment that divides', `${map}---#\n${evil}`],
  ['a comment that divides within a block of text', `${map}data:\n  page: |\n---#\n${evil}`],
  ['white space of Unicode behind a marker', `${map}---\u3000\n${evil}`],
  ['the same behind a space', `${map}--- \u00a0\n${evil}`],
  ['JSON behind white space of Unicode', `\u3000${json}`],
  ['JSON behind a next-line character and an empty line', `\n\u0085${json}`],
  ['a text', 'kind=Pod\n'],
  ['a document behind an end of a document', `${map}...\n${evil}`],
  ['a directive that changes tags', `${map}...\n%TAG ! tag:yaml.org,2002:\n---\n${evil}`],
  ['a carriage return that is a line end to some', `${map}# x\r${evil}`],
];

describe.each(streams)('%s', (_, text) => {
  test('is an error to check, in a file and in a folder', async () => {
    write('dist/a.yaml', text);
    expect((await run('check', 'dist/a.yaml')).status).toBe(2);
    expect((await run('check', 'dist')).status).toBe(2);
  });

  test('is left as it is by pin, as an error', async () => {
    write('dist/a.yaml', text);
    write('images.lock.json', '{"version": 1, "images": {}}\n');
    expect(await run('pin', 'dist/a.yaml')).toMatchObject({ status: 2, err: expect.stringMatching(/dist\/a\.yaml:\d+: .*\n.*was left as it is/) as string });
  });

  test('is a failure to lock --from', () => {
    const found = nothingWanted();
    addWanted(found, text, 'a.yaml');
    expect(found.failures.map(({ code }) => code)).toContain('unreadable');
  });
});

test.each(['registries: []\n---#\nprofile: baseline\n', 'registries: []\n---\u3000\nprofile: baseline\n', 'x: |\n---y\n'])('a policy of two readings is refused: %j', (text) => {
  expect(() => Policy.parse(text)).toThrow('"---"');
});

test.each([['- hosts: all\n', 'list'], ['5\n', 'number'], ['true\n', 'boolean']])('%j is an error where the file is named, and counted where it is found', async (text, as) => {
  write('dist/a.yaml', pod());
  write('dist/b.yaml', text);
  expect((await run('check', 'dist/b.yaml')).status).toBe(2);
  expect(await run('check', 'dist')).toMatchObject({ status: 0, out: expect.stringContaining(`1 document passed over as no Kubernetes object (1 ${as})`) as string });
  expect((await checked('dist') as unknown as { passedOver: unknown }).passedOver).toEqual({ [as]: 1 });
});

test.each([
  ['a List without an apiVersion', `kind: List\nitems:\n- ${json}`],
  ['a Kustomization with items', `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nitems:\n- ${json}`],
  ['any kind with items', `apiVersion: a.example/v1\nkind: Notes\nitems:\n- ${json}`],
  ['a list within a list', `kind: List\nitems:\n- {kind: Other, items: [${json.trim()}]}\n`],
  ['a pod without an apiVersion', 'kind: Pod\nmetadata: {name: evil}\nspec: {hostPID: true}\n'],
  ['a pod without an apiVersion in a list of Deployments', 'apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- {kind: Pod, spec: {hostPID: true, template: {spec: {containers: []}}}}\n'],
])('the pod in %s is judged', async (_, text) => {
  write('dist/a.yaml', text);
  expect((await checked('dist')).findings.map(({ rule }) => rule)).toContain('host-namespaces');
});

test('a volume without an apiVersion is judged, and items of a kind with a pod are judged besides it', () => {
  const volume = { kind: 'PersistentVolume', spec: { hostPath: { path: '/' } } };
  expect(readManifests(volume).flatMap(({ persistentVolumes }) => persistentVolumes)).toHaveLength(1);
  const job = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ image: 'a' }] }, items: [{ spec: { hostPID: true, containers: [{ image: 'b' }] } }] };
  expect(readManifests(job).map(({ resource: { kind }, pods }) => [kind, pods.length])).toEqual([['Pod', 1], ['Pod', 1]]);
});
