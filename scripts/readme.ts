import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, withOutputs } from './readme-outputs';

// Writes what the commands of the README really print into it. With --check it only says whether that would change anything.

const file = join(repository, 'README.md');
const before = readFileSync(file, 'utf8');
const after = withOutputs(before);

if (after === before) {
  console.log('README.md shows what its commands print');
} else if (process.argv.includes('--check')) {
  console.error('README.md does not show what its commands print; run: npx ts-node -T -P tsconfig.dev.json scripts/readme.ts');
  process.exitCode = 1;
} else {
  writeFileSync(file, after);
  console.log('README.md is written anew');
}
