import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { App, AppProps, Verdict } from '../../src';
import { filesIn, freshOutdir } from '../support/apps';

export const repository = join(__dirname, '..', '..');

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

/** Runs a program of the repository as its user would. */
export function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const tsNode = require.resolve('ts-node/dist/bin');
  return spawnSync(process.execPath, [tsNode, '-T', '-P', 'tsconfig.dev.json', ...args], { cwd: repository, encoding: 'utf8' });
}
