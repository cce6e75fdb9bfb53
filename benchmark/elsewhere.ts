import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFiles } from './corpus';
import { median, withScratch } from './measure';
import { timed } from './timed';
import { build } from '../scripts/built-package';

interface Tool {
  readonly name: string;
  readonly version: readonly string[];
  readonly judge: (folder: string) => readonly string[];
}

/** Tools that judge the same manifests, as their manuals call them; none of them is installed by this project. */
const tools: readonly Tool[] = [
  { name: 'kube-linter', version: ['version'], judge: (folder) => ['lint', folder] },
  { name: 'kyverno', version: ['version'], judge: (folder) => ['apply', join(folder, 'policies'), '--resource', folder] },
  { name: 'trivy', version: ['--version'], judge: (folder) => ['config', '--skip-check-update', folder] },
  { name: 'polaris', version: ['version'], judge: (folder) => ['audit', '--audit-path', folder] },
  { name: 'checkov', version: ['--version'], judge: (folder) => ['--framework', 'kubernetes', '-d', folder] },
  { name: 'conftest', version: ['--version'], judge: (folder) => ['test', folder] },
];

const files = 1000;

/** Side by side with what is on the PATH. Their rules are others and fewer or more: the times say how long one waits, not who is better. */
export function elsewhere(): void {
  withScratch((folder) => {
    const manifests = join(folder, 'manifests');
    writeFiles(manifests, files);
    const command = build(join(folder, 'package'));
    const ours = median(Array.from({ length: 5 }, () => timed([command, 'check', manifests, '--registry', 'ghcr.io/acme', '--format', 'json'], [1]).ms));
    console.log(`  cdk8s-hardened: ${ours.toFixed(0)} ms for ${files} files`);
    for (const tool of tools) {
      const version = spawnSync(tool.name, tool.version, { encoding: 'utf8' });
      if (version.error !== undefined) {
        console.log(`  ${tool.name}: absent`);
        continue;
      }
      const times = Array.from({ length: 5 }, () => {
        const start = process.hrtime.bigint();
        spawnSync(tool.name, tool.judge(manifests), { stdio: 'ignore' });
        return Number(process.hrtime.bigint() - start) / 1e6;
      });
      console.log(`  ${tool.name} ${version.stdout.trim().split('\n')[0]}: ${(median(times) / ours).toFixed(2)}× the time of cdk8s-hardened`);
    }
  });
}
