import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { App, ContainerProps, enforce, EnforceOptions, PinnedImage, Policy, PolicyError } from '../../src';

export const digest = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
export const image: PinnedImage = `ghcr.io/acme/shop:1.4.2@${digest}` as PinnedImage;
export const trusting: Policy = { registries: { 'ghcr.io/acme': {} } };

/** A container that passes under `trusting`. */
export const good: ContainerProps = { image, portNumber: 8080 };

const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** A folder that does not exist yet, below one of, gone with the process. */
export function freshOutdir(): string {
  return join(mkdtempSync(join(scratch, 'app-')), 'dist');
}

export function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : [];
}

export function gatedApp(policy: Policy = trusting, props: cdk8s.AppProps & EnforceOptions = {}): App {
  return new App({ outdir: freshOutdir(), policy, ...props });
}

export function plainAppWithEnforce(policy: Policy = trusting, props: cdk8s.AppProps & EnforceOptions = {}): cdk8s.App {
  const app = new cdk8s.App({ outdir: freshOutdir(), ...props });
  enforce(app, policy, props);
  return app;
}

export const makers = [['our App', gatedApp], ['a plain App with enforce', plainAppWithEnforce]] as const;

/** Every way in which YAML or JSON leaves an app. */
export const exits: readonly (readonly [name: string, props: cdk8s.AppProps, leave: (app: cdk8s.App, chart: cdk8s.Chart) => void])[] = [
  ['synth, a file per app', { yamlOutputType: cdk8s.YamlOutputType.FILE_PER_APP }, (app) => app.synth()],
  ['synth, a file per chart', { yamlOutputType: cdk8s.YamlOutputType.FILE_PER_CHART }, (app) => app.synth()],
  ['synth, a file per resource', { yamlOutputType: cdk8s.YamlOutputType.FILE_PER_RESOURCE }, (app) => app.synth()],
  ['synth, a folder per chart', { yamlOutputType: cdk8s.YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }, (app) => app.synth()],
  ['synthYaml', {}, (app) => app.synthYaml()],
  ['Testing.synth', {}, (_app, chart) => cdk8s.Testing.synth(chart)],
];

/** What it throws must be a refusal; anything else is thrown on. */
export function refusalOf(run: () => unknown): PolicyError {
  try {
    run();
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
