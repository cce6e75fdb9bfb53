import { isAssignment } from './command';
import { interpreters, powerShells, printers, scripted, shells, wrappers } from './programs';
import { deepestNesting } from './read';
import { fetchedMark } from './scope';
import { Arguments, rowOf } from './table';

/** A program and its arguments. */
export interface Call {
  /** The file name of the program in lower case, without its folder and `.exe`. */
  readonly name: string;
  /** The program as it is written. */
  readonly program: string;
  readonly args: readonly string[];
}

const none: Arguments = { values: new Set(), own: 0 };

/**
 * The programs that a command calls, each behind those that call it: of `sudo -u app pip install`, `sudo` and `pip`.
 *
 * None where it only assigns variables; `undefined` where they are more than any person writes.
 */
export function callsOf(words: readonly string[]): readonly Call[] | undefined {
  const calls: Call[] = [];
  for (let at: number | undefined = 0; at !== undefined;) {
    while (at < words.length && isAssignment(words[at])) at++;
    if (at >= words.length) return calls;
    if (calls.length > deepestNesting) return undefined;
    const call: Call = { name: fileName(words[at]), program: words[at], args: words.slice(at + 1) };
    calls.push(call);
    const inner = innerPlace(call);
    at = inner === undefined ? undefined : at + 1 + inner;
  }
  return calls;
}

/** Where, among the arguments, the program stands that a call runs. */
function innerPlace({ name, args }: Call): number | undefined {
  const group = wrappers.get(`${name}/${args[0]}`);
  const wrapper = wrappers.get(name) ?? group ?? (/entrypoint(?:\.sh)?$/.test(name) ? none : undefined);
  if (wrapper !== undefined) return operandPlace(args, wrapper, group === undefined ? 0 : 1);
  if (isPython(name)) {
    const module = args.findIndex((arg) => !arg.startsWith('-') || arg === '-m');
    return args[module] === '-m' && !isPython(fileName(args[module + 1] ?? '')) ? module + 1 : undefined;
  }
  // Of a program that is not known, `--` divides what is its own from what it runs.
  const end = printers.has(name) || shells.has(name) || name === 'set' ? -1 : args.indexOf('--');
  return end === -1 ? undefined : end + 1;
}

function operandPlace(args: readonly string[], { values, own }: Arguments, from: number): number {
  let at = from;
  while (at < args.length && args[at].startsWith('-')) {
    if (args[at++] === '--') break;
    if (values.has(args[at - 1])) at++;
  }
  return at + own;
}

/** The file that an interpreter is told to run, or its program text where that stands there. */
export function interpreted({ name, args }: Call): string | undefined {
  const row = interpreters.get(`${name}/${args[0]}`);
  const known = row ?? rowOf(interpreters, name);
  return known === undefined ? undefined : args[operandPlace(args, known, row === undefined ? 0 : 1)];
}

function isPython(name: string): boolean {
  return /^(?:python|pypy)[\d.]*$|^py$/.test(name);
}

export function fileName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return name.replace(/\.(?:exe|cmd|bat)$/, '');
}

export function isShell(name: string): boolean {
  return shells.has(name);
}

/** The text that a call runs as a script, and the words that the script is given, `$0` first. */
export function scriptOf({ name, args }: Call): { readonly text: string; readonly positional?: readonly string[] } | undefined {
  if (shells.has(name)) {
    const index = scriptPlace(args);
    return index === undefined ? undefined : { text: args[index].replace(/^--command=/, ''), positional: args.slice(index + 1) };
  }
  const row = scripted.get(name);
  const option = powerShells.has(name) ? args.findIndex((arg) => /^-c(?:ommand)?$/i.test(arg)) : args.findIndex((arg) => row?.values.has(arg));
  if (row === undefined && !powerShells.has(name) || row !== undefined && row.values.size > 0 && option === -1) return undefined;
  return option + 1 >= args.length ? undefined : { text: args.slice(option + 1).join(' ') };
}

/** Where the script of `sh -c` stands among the arguments of a shell, also in `bash -euo pipefail -c` and `sh -c -- …`. */
function scriptPlace(args: readonly string[]): number | undefined {
  let hasScript = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (!/^[-+]./.test(arg)) return hasScript ? index : undefined;
    if (arg.startsWith('--')) {
      if (arg === '--rcfile' || arg === '--init-file') index++;
      else if (arg.startsWith('--command=')) return index;
      continue;
    }
    if (arg.includes('c')) hasScript = true;
    // `-o pipefail`: the option takes a word.
    if (/[oO]$/.test(arg)) index++;
  }
  return undefined;
}

/** Whether a call runs, or unpacks, what a pipe brings it. With a program of its own, as in `python -m json.tool`, a pipe is data. */
export function runsInput(call: Call, unpackers: ReadonlySet<string>, evaluators: ReadonlySet<string>): boolean {
  const { name, args } = call;
  if (unpackers.has(name) || evaluators.has(name)) return true;
  if (shells.has(name) ? scriptPlace(args) !== undefined : rowOf(interpreters, name) === undefined && !powerShells.has(name)) return false;
  if (!shells.has(name) && args.some((arg) => /^-[a-z]*[cemnpr]$/i.test(arg) || arg.startsWith('--eval'))) return false;
  const first = args.find((arg) => !arg.startsWith('-') || arg === '-' || arg === '-s');
  return first === undefined || first === '-' || first === '-s' || first === '/dev/stdin';
}

/** Whether what runs is itself what a substitution gives: `$(curl …)`, `sh -c "$(curl …)"`, `bash <(curl …)`. */
export function runsSubstitution(call: Call): boolean {
  if (call.program.startsWith(fetchedMark)) return true;
  const first = scriptOf(call)?.text ?? interpreted(call);
  // PowerShell's parentheses are read as a subshell, which leaves `iex (irm …)` without an argument.
  return first === undefined ? /^(?:iex|invoke-expression)$/.test(call.name) : first.startsWith(fetchedMark);
}

/** The start of a command: enough to find it by, however long it is. */
export function shownCall({ program, args }: Call): string {
  return plain([program, ...args.slice(0, 7)].join(' ')).slice(0, 80);
}

export function plain(words: string): string {
  return words.replaceAll(fetchedMark, '');
}

export function programOf(shown: string): string {
  return fileName(shown.split(' ', 1)[0]);
}
