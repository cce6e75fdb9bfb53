import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { walk } from './adoption-walk';
import { repository, withOutputs } from './readme-outputs';

// Writes what the commands of the pages really print into them. With --check it only says whether that would change anything.

const pages: Readonly<Record<string, (page: string) => string>> = {
  'README.md': (page) => withOutputs(page),
  'docs/lock.md': (page) => withOutputs(page),
  'docs/adoption.md': (page) => walk(page).page,
};

for (const [name, written] of Object.entries(pages)) {
  const file = join(repository, name);
  const before = readFileSync(file, 'utf8');
  const after = written(before);
  if (after === before) {
    console.log(`${name} shows what its commands print`);
  } else if (process.argv.includes('--check')) {
    console.error(`${name} does not show what its commands print; run: npx ts-node -T -P tsconfig.dev.json scripts/readme.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, after);
    console.log(`${name} is written anew`);
  }
}
