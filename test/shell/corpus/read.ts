import { readFileSync } from 'fs';
import { join } from 'path';
import { startupDownload } from '../../../src/rules/hardened/startup-download';
import { faultsOf, tweak } from '../../support/pods';

export interface Line {
  readonly kind: string;
  /** As it stands in the file. */
  readonly text: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
}

/** The lines of a file of this folder; `fetching.txt` says how they are written. */
export function readCorpus(name: string): readonly Line[] {
  const lines = readFileSync(join(__dirname, name), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, kind, text] = /^(\w+) {2}(.+)$/.exec(line) ?? [];
    if (text === undefined) throw new Error(`${name}: no kind and text in ${JSON.stringify(line)}`);
    if (!text.startsWith('["')) return { kind, text, command: ['sh', '-c', text] };
    const [command, args] = JSON.parse(`[${text}]`) as readonly (readonly string[])[];
    return { kind, text, command, args };
  });
}

export function isFound({ command, args }: Line): boolean {
  const manifest = tweak({ 'spec.containers.0.command': command, 'spec.containers.0.args': args });
  return faultsOf(startupDownload, manifest).length > 0;
}

/** How many lines of each kind are found. */
export function countByKind(lines: readonly Line[]): ReadonlyMap<string, { readonly found: number; readonly of: number }> {
  const counts = new Map<string, { found: number; of: number }>();
  for (const line of lines) {
    const { found, of } = counts.get(line.kind) ?? { found: 0, of: 0 };
    counts.set(line.kind, { found: found + (isFound(line) ? 1 : 0), of: of + 1 });
  }
  return counts;
}
