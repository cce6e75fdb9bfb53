import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
import { digest } from '../support/images';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly progress: readonly string[];
}

/** Runs a command in this process, as `main` of the process would, without a terminal. */
export async function run(...args: readonly string[]): Promise<Outcome> {
  return runWith({}, ...args);
}

export async function runWith({ color = false }: { readonly color?: boolean }, ...args: readonly string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const progress: string[] = [];
  const status = await main(args, {
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    progress: (text) => { progress.push(text); },
    color,
  });
  return { status, out, err, progress };
}

/** Runs `check`, and reads its report for other programs. */
export async function checked(...args: readonly string[]) {
  const { status, out, err } = await run('check', '--format', 'json', ...args);
  return { status, err, ...JSON.parse(out) as JsonReport };
}

export interface JsonFinding {
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly document: number;
  readonly line: number;
  readonly pointer: string;
  readonly resource: { readonly apiVersion: string; readonly kind: string; readonly name?: string; readonly namespace?: string };
  readonly container?: string;
  readonly exemption?: { readonly reason: string };
}

export interface JsonReport {
  readonly summary: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, number>>;
  readonly findings: readonly JsonFinding[];
  readonly exempted: readonly JsonFinding[];
  readonly errors: readonly { readonly file?: string; readonly line?: number; readonly message: string }[];
}

/** Makes an empty folder the current one, for the tests of a file, and takes it away with them. */
export function useFolder(): void {
  const before = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
}

export function write(path: string, content: string | Buffer): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export interface PodOptions {
  readonly name?: string;
  readonly kind?: string;
  readonly namespace?: string;
  /** Lines of the pod spec. */
  readonly spec?: string;
  /** The names of its containers. */
  readonly containers?: readonly string[];
  readonly readOnly?: boolean;
  readonly annotation?: string;
}

/** The YAML of a pod that keeps every rule, where `ghcr.io/acme` is trusted and nothing else is asked for. */
export function pod({ name = 'shop', namespace = 'acme', spec = '', containers = ['web'], readOnly = true, annotation }: PodOptions = {}): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
${annotation === undefined ? '' : `  annotations:\n    ${annotation}\n`}spec:
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
${spec === '' ? '' : `  ${spec}\n`}  containers:
${containers.map((container) => `  - name: ${container}
    image: ghcr.io/acme/${container}:1.4.2@${digest}
    imagePullPolicy: Always
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: ${readOnly}
      capabilities: { drop: [ALL] }
`).join('')}`;
}

export const policy = 'registries:\n  ghcr.io/acme: {}\n';
