import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { environmentWith, makeWorkplace, repository } from '../../scripts/commands';
import { App, AppProps, Verdict } from '../../src';
import { filesIn, freshOutdir } from '../support/apps';

export { repository };

interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

interface Spec {
  readonly template?: { readonly spec: PodSpec };
  readonly jobTemplate?: { readonly spec: Spec };
}

export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Spec;
}

export interface Synthesized {
  readonly files: readonly string[];
  readonly objects: readonly KubernetesObject[];
  readonly verdicts: readonly Verdict[];
}

/** Synthesizes an example into a folder of its own, and reads back what was written. */
export function synthesize(example: (props: AppProps) => App, props: AppProps = {}): Synthesized {
  const outdir = freshOutdir();
  const verdicts: Verdict[] = [];
  example({ ...props, outdir, onVerdict: (verdict) => verdicts.push(verdict) }).synth();
  const files = filesIn(outdir);
  const objects = files.flatMap((file) => loadAll(readFileSync(join(outdir, file), 'utf8')) as KubernetesObject[]);
  return { files, objects, verdicts };
}

/** Read by hand: the reader of the library is what is under test. */
export function podSpecOf({ spec }: KubernetesObject): PodSpec | undefined {
  return (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
}

export function containersOf(pod: PodSpec): readonly Container[] {
  return [...pod.initContainers ?? [], ...pod.containers];
}

/** Runs an example as its user would, on the library as it is built; `folder` is where it ran. */
export function run(example: string) {
  const folder = makeWorkplace();
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { status, stdout, stderr } = spawnSync('ts-node', [example], { cwd: folder, encoding: 'utf8', env: environmentWith(join(folder, 'bin')) });
  return { folder, status, stdout, stderr };
}
