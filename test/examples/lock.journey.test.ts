import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containersOf, podSpecOf, repository, run, synthesize } from './synthesized';
import { library } from '../../examples/lock/app';
import { refused } from '../../examples/lock/refused';
import { PolicyError } from '../../src';
import { freshOutdir } from '../support/apps';

const lockFile = join(repository, 'examples', 'lock', 'images.lock.json');
const lockText = readFileSync(lockFile, 'utf8');

function pinnedIn(name: string): string {
  return (JSON.parse(lockText) as { readonly images: Readonly<Record<string, { readonly pinned: string }>> }).images[name].pinned;
}

describe('the lending library', () => {
  const { objects, verdicts } = synthesize(library);
  const podOf = (kind: string) => podSpecOf(objects.find((object) => object.kind === kind)!)!;

  test('passes without an exemption', () => {
    expect(verdicts).toEqual([expect.objectContaining({ findings: [], errors: [], exemptions: [] })]);
  });

  test('a user that is a name gets the uid of the image, and a VOLUME an emptyDir', () => {
    expect(podOf('Deployment')).toMatchObject({
      containers: [{
        image: pinnedIn('registry.acme.example/library/catalogue:1.4.2'),
        securityContext: { runAsUser: 8101 },
        volumeMounts: [{ mountPath: '/var/cache/catalogue' }],
      }],
      volumes: [{ emptyDir: { sizeLimit: '64Mi' } }],
    });
  });

  test('what the author says of a VOLUME stays', () => {
    expect(podOf('Job')).toMatchObject({
      containers: [{ securityContext: { runAsUser: 10001 }, volumeMounts: [{ mountPath: '/var/spool/import' }] }],
      volumes: [{ emptyDir: { sizeLimit: '2048Mi' } }],
    });
  });

  test('the included pod is pinned, and the same text in a ConfigMap is not', () => {
    expect(containersOf(podOf('CronJob')).map(({ image }) => image)).toEqual([pinnedIn('registry.acme.example/library/mailer:2.0.1')]);
    expect(objects.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({ data: { about: 'runs registry.acme.example/library/mailer:2.0.1' } });
  });
});

test('what no node would start is refused, and nothing is written', () => {
  const app = refused({ outdir: freshOutdir() });
  const rules = () => {
    try {
      app.synth();
      return {};
    } catch (error) {
      return (error as PolicyError).verdict?.rules;
    }
  };
  expect(rules()).toEqual({ 'image-platform': 1, 'image-user': 2, 'image-writable-paths': 1 });
});

test('the whole journey runs without a network, and locks to the very bytes that are committed', () => {
  const { folder, status, stdout, stderr } = run('examples/lock/main.ts');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^images\.lock\.json: 4 added, 0 changed, 0 unchanged$/m);
  expect(stdout).toMatch(/^no findings: 3 pods, 3 containers judged$/m);
  expect(stdout).toMatch(/^images\.lock\.json: 1 drifted, 3 unchanged$/m);
  expect(stdout).toMatch(/^images\.lock\.json: 0 added, 1 changed, 0 unchanged$/m);
  expect(readFileSync(join(folder, 'examples', 'lock', 'images.lock.json'), 'utf8')).toBe(lockText);
});
