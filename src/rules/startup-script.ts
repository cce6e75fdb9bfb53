import { fetchedFiles } from './fetched-files';
import { installsSoftware } from './package-managers';
import { deepestNesting, ShellCommand } from './shell-command';
import { Call, callOf, isFetcher, isShell, runsArguments, runsInput, scriptOf } from './shell-programs';
import { parseShell } from './shell-words';

/** A longer text is no command that a person reviews; reading it would be an attack on whoever judges it. */
export const longestScript = 65_536;

/** A command that fetches or installs something. */
export interface Download {
  /** The program that fetches it. A known one: the rest of the command may hold a password. */
  readonly program: string;
  /** The start of the command, to show. */
  readonly shown: string;
}

/** What a command fetches or installs; `undefined` where it is too long or nested too deeply to be read. */
export type Downloads = readonly Download[] | undefined;

interface Trial {
  /** Each once, by its program and what is shown. */
  readonly found: Map<string, Download>;
  isUnreadable: boolean;
  /** How many characters may still be read: a text within a text may be read twice, and so may the text within that. */
  budget: number;
}

function newTrial(): Trial {
  return { found: new Map(), isUnreadable: false, budget: 4 * longestScript };
}

/** Judges a program and its arguments, as a container runs them, without a shell unless the program is one. */
export function downloadsOfWords(words: readonly string[]): Downloads {
  let length = 0;
  for (const word of words) length += word.length + 1;
  if (length > longestScript) return undefined;
  const call = callOf(words);
  if (call === undefined) return [];
  const trial = newTrial();
  judgeCall(call, words, 0, trial);
  return result(trial);
}

/** Judges a shell script. */
export function downloadsOfScript(text: string): Downloads {
  const trial = newTrial();
  judgeScript(text, 0, trial);
  return result(trial);
}

function result(trial: Trial): Downloads {
  return trial.isUnreadable ? undefined : [...trial.found.values()];
}

function judgeScript(text: string, depth: number, trial: Trial): void {
  trial.budget -= text.length;
  const isReadable = text.length <= longestScript && depth <= deepestNesting && trial.budget >= 0;
  const commands = isReadable ? parseShell(text) : undefined;
  if (commands === undefined) trial.isUnreadable = true;
  else judgeCommands(commands, depth, trial);
}

function note(trial: Trial, program: string, text: string): void {
  trial.found.set(`${program}\n${text}`, { program, shown: text });
}

/** What a program does by itself, whatever stands around it. */
function judgeCall(call: Call, words: readonly string[], depth: number, trial: Trial): void {
  if (installsSoftware(call.name, call.args)) note(trial, call.name, shown(words));
  if (hidesItsScript(call)) trial.isUnreadable = true;
  const script = scriptOf(call)?.text;
  if (script !== undefined) judgeScript(script, depth + 1, trial);
  // A whole command line in the place of the program: `env -S`, or the argument of an entry point `sh -c`.
  else if (/\s/.test(call.program)) judgeScript(call.program, depth + 1, trial);
}

/** PowerShell takes a script in base64, which nobody can review. */
function hidesItsScript({ name, args }: Call): boolean {
  return (name === 'powershell' || name === 'pwsh') && args.some((arg) => /^-e(?:c|nc|ncodedcommand)?$/i.test(arg));
}

function judgeCommands(commands: readonly ShellCommand[], depth: number, trial: Trial): void {
  const files = fetchedFiles();
  let pipeline = -1;
  /** What the pipeline has fetched so far, and the text that it would give to a shell. */
  let fetched: Download | undefined;
  /** What has written to `files`. */
  let fetcher = '';
  let piped = '';
  for (const command of commands) {
    if (command.pipeline !== pipeline) {
      pipeline = command.pipeline;
      fetched = undefined;
      piped = '';
    }
    judgeCommands(command.nested, depth, trial);
    const nestedFetch = findFetch(command.nested);
    const call = callOf(command.words);
    if (call !== undefined) {
      judgeCall(call, command.words, depth, trial);
      if (fetched !== undefined && runsInput(call)) note(trial, fetched.program, `${fetched.shown} | ${call.name}`);
      if (nestedFetch !== undefined && runsSubstitution(call)) {
        note(trial, nestedFetch.program, `${call.name} with the output of ${nestedFetch.shown}`);
      }
      if (files.isRunBy(call)) note(trial, fetcher, shown(command.words));
      files.follow(call);
      if (isShell(call.name) && runsInput(call)) judgeScript(piped + command.input, depth + 1, trial);
      if (isFetcher(call)) fetched ??= { program: call.name, shown: shown(command.words) };
      if (fetched !== undefined) {
        fetcher = fetched.program;
        files.add(call, call.name === 'tee' ? call.args : command.outputs);
      }
      piped = call.name === 'echo' || call.name === 'printf' ? call.args.join(' ') : command.input;
    }
    fetched ??= nestedFetch;
  }
}

/** Whether what runs is itself what a substitution gives: `$(curl …)`, `sh -c "$(curl …)"`, `bash <(curl …)`. */
function runsSubstitution(call: Call): boolean {
  if (call.program.startsWith('$()')) return true;
  if (!runsArguments(call.name)) return false;
  const first = scriptOf(call)?.text ?? call.args.find((arg) => !/^[-+]/.test(arg));
  // PowerShell's parentheses are read as a subshell, which leaves `iex (irm …)` without an argument.
  return first === undefined ? /^(?:iex|invoke-expression)$/.test(call.name) : first.startsWith('$()');
}

function findFetch(commands: readonly ShellCommand[]): Download | undefined {
  for (const { words, nested } of commands) {
    const call = callOf(words);
    if (call !== undefined && isFetcher(call)) return { program: call.name, shown: shown(words) };
    const deeper = findFetch(nested);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** The start of a command: enough to find it by, however long it is. */
function shown(words: readonly string[]): string {
  return words.slice(0, 8).join(' ').slice(0, 80);
}
