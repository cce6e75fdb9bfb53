import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import setup from './temporary-setup';
import { buildInstalled } from '../../scripts/built-package';

/** Builds the package and its tarball, once for all the tests that need them. */
export default function journeySetup(): void {
  setup();
  const folder = buildInstalled();
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  writeFileSync(join(folder, 'packed.json'), packed);
  process.env.CDK8S_HARDENED_BUILT = folder;
}
