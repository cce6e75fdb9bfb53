import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { PolicyValidation } from '../../src';

export const good = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: web
      image: ghcr.io/acme/web:1.4.2@sha256:${'0'.repeat(64)}
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
`;
export const bad = good.replace('false, readOnly', 'true, readOnly');
export const trusting = { registries: { 'ghcr.io/acme': {} } };

export const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-plugin-'));

export function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Outcome {
  readonly isSuccess: boolean;
  readonly log: string;
  readonly report: ReturnType<ValidationContext['report']['toJson']>;
}

/** As cdk8s-cli does it, with its own context. */
export async function validate(props: unknown, manifests: readonly string[], stdout = false): Promise<Outcome> {
  const metadata = { web: { path: 'the/path/of/a/namesake' } };
  const context = new ValidationContext(manifests, 'cdk8s-hardened', '0.0.0', metadata, stdout);
  const lines: string[] = [];
  context.logger.log = (message) => void lines.push(message);
  await new PolicyValidation(props as {}).validate(context);
  return { isSuccess: context.report.success, log: lines.join('\n'), report: context.report.toJson() };
}
