import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage, freshFolder } from './built-package';
import { environmentWith, makeCommands, repository } from './commands';

/** A command of the page, and what came of it. */
export interface Run {
  readonly command: string;
  readonly status: number | null;
  readonly output: string;
  /** The lines of the baseline afterwards; none where there is no file. */
  readonly baseline: readonly string[];
}

/** The page as it should be, and what was run for it. */
export interface Walk {
  readonly page: string;
  readonly runs: readonly Run[];
}

const blocks = [
  '(?<begin><!-- output: (?<shown>.+?) -->\\n).*?(?<end><!-- /output -->)',
  '<!-- run: (?<hidden>.+?) -->',
  '```diff (?<file>\\S+)\\n(?<diff>.*?)```',
].join('|');

/**
 * Goes the way of docs/adoption.md on a copy of the old app, from top to bottom: its diffs are applied, its commands run. The page is
 * given back with what they printed; so what it shows is what happens, and a step that does not follow from the one before fails here.
 */
export function walk(page: string): Walk {
  const root = freshFolder('adoption');
  const app = join(root, 'app');
  const runs: Run[] = [];
  try {
    prepare(root, app);
    const written = page.replace(new RegExp(blocks, 'gs'), (block: string, ...rest: unknown[]) => {
      const { begin, shown, end, hidden, file, diff } = rest.at(-1) as Record<string, string | undefined>;
      if (diff !== undefined) {
        applyDiff(join(app, file!), diff);
        return block;
      }
      const run = runIn(root, app, (shown ?? hidden)!);
      runs.push(run);
      return shown === undefined ? block : `${begin}\n\`\`\`console\n$ ${shown}\n${run.output.trimEnd()}\n\`\`\`\n\n${end}`;
    });
    return { page: written, runs };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The old app as a project of its own, in which the library is installed as it is built. */
function prepare(root: string, app: string): void {
  cpSync(join(repository, 'examples/adoption/before'), app, { recursive: true, filter: (path) => !/[\\/](dist|node_modules)$/.test(path) });
  cpSync(join(repository, 'examples/adoption/after'), join(root, 'after'), { recursive: true, filter: (path) => !/[\\/]dist$/.test(path) });
  const modules = join(app, 'node_modules');
  mkdirSync(modules);
  for (const name of ['cdk8s', 'cdk8s-plus-28', 'constructs']) symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  symlinkSync(builtPackage(), join(modules, 'cdk8s-hardened'));
  makeCommands(join(root, 'bin'));
}

function runIn(root: string, app: string, command: string): Run {
  const { status, stdout, error } = spawnSync('bash', ['-o', 'pipefail', '-c', `{ ${command}\n} 2>&1`], {
    cwd: app, encoding: 'utf8', env: environmentWith(join(root, 'bin')),
  });
  if (error !== undefined) throw error;
  const baseline = join(app, 'baseline.jsonl');
  return {
    command,
    status,
    output: stdout.replaceAll(`${app}/`, '').replaceAll(`${root}/`, ''),
    baseline: existsSync(baseline) ? readFileSync(baseline, 'utf8').trimEnd().split('\n').slice(1) : [],
  };
}

/** Changes the one place of the file where the lines of the diff stand; one that does not fit is an error, not a guess. */
function applyDiff(file: string, diff: string): void {
  const lines = diff.trimEnd().split('\n');
  const side = (sign: string) => lines.filter((line) => line[0] !== sign).map((line) => `${line.slice(1)}\n`).join('');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [head, tail, ...more] = before.split(side('+'));
  if (side('+') === '' && before === '') return writeFileSync(file, side('-'));
  if (tail === undefined || more.length > 0) throw new Error(`the diff does not fit ${file}:\n${diff}`);
  writeFileSync(file, head + side('-') + tail);
}
