import { Call, callsOf, fileName, plain, programOf, runsInput, runsSubstitution, scriptOf, shownCall } from './calls';
import { groupEnd, ShellCommand, written } from './command';
import { fetchedFiles } from './files';
import { evaluators, fetchers, installers, powerShells, runners, shells, unpackers } from './programs';
import { deepestNesting, readShell } from './read';
import { fetchedMark, Scope, text, wordsOf } from './scope';
import { meets, rowOf } from './table';

/** A longer text is no command that a person reviews; reading it would be an attack on whoever judges it. */
export const longestScript = 65_536;

/** A place where a command line fetches or installs software. */
interface Download {
  /** The file name of the program that does it, such as `pip`. */
  readonly program: string;
  /** The command, at most 80 characters of it. */
  readonly text: string;
}

/** What a command line fetches or installs; `undefined` where it is too long or nested too deeply to be read. */
export type Downloads = readonly Download[] | undefined;

/** Searches a program and its arguments, as a container runs them, without a shell unless the program is one. */
export function downloadsOfWords(words: readonly string[]): Downloads {
  const search = newSearch();
  const length = words.reduce((sum, word) => sum + word.length + 1, 0);
  if (length > longestScript) return undefined;
  search.searchWords(words.map(withoutNul));
  return search.result();
}

/** Searches a shell script. */
export function downloadsOfScript(script: string): Downloads {
  const search = newSearch();
  if (script.length > longestScript) return undefined;
  search.searchScript(withoutNul(script), 0);
  return search.result();
}

/** Shells pass over it, no program can be given it, and here it stands for what was fetched. */
function withoutNul(given: string): string {
  return given.replaceAll('\0', '');
}

interface Body {
  readonly commands: readonly ShellCommand[];
  readonly from: number;
  readonly to: number;
}

function newSearch() {
  const found = new Map<string, Download>();
  const functions = new Map<string, Body>();
  const running = new Set<string>();
  /** The program that fetched the last file; it is the one that is named, whoever runs the file. */
  let fetcher = '';
  let isUnreadable = false;
  let depth = 0;
  /** What may still be read, expanded and compared: a text within a text may be read twice, and so may the text within that. */
  let budget = 8 * longestScript;

  function spend(steps: number): boolean {
    budget -= steps;
    isUnreadable ||= budget < 0;
    return budget >= 0;
  }
  const scope: Scope = {
    variables: new Map(),
    positional: undefined,
    spend,
    runText: (script) => searchScript(script, depth + 1),
    run: (commands) => {
      const fetched = searchApart(commands);
      return fetched === undefined ? '$()' : `${fetchedMark}$(${fetched})`;
    },
  };
  const files = fetchedFiles(spend, () => scope.variables.has('PATH'));

  function find(program: string, shown: string): void {
    found.set(shown, { program, text: shown });
  }
  function searchScript(script: string, level: number, positional = scope.positional): void {
    const isReadable = script.length <= longestScript && level <= deepestNesting && spend(script.length);
    const commands = isReadable ? readShell(script) : undefined;
    if (commands === undefined) {
      isUnreadable = true;
      return;
    }
    const before = [depth, scope.positional] as const;
    depth = level;
    scope.positional = positional;
    searchCommands({ commands, from: 0, to: commands.length });
    [depth, scope.positional] = before;
  }
  /** Commands of a subshell, which is left where it was entered. */
  function searchApart(commands: readonly ShellCommand[]): string | undefined {
    return files.apart(() => searchCommands({ commands, from: 0, to: commands.length }));
  }

  /** Searches commands in order, and tells the first that fetches. */
  function searchCommands({ commands, from, to }: Body): string | undefined {
    let first: string | undefined;
    let pipeline = -1;
    /** What the pipeline has fetched so far, and the text that it would give to a shell. */
    let fetched: string | undefined;
    let piped = '';
    for (let index = from; index < to && !isUnreadable; index++) {
      const command = commands[index];
      spend(1);
      if (command.pipeline !== pipeline) {
        pipeline = command.pipeline;
        fetched = undefined;
        piped = '';
      }
      const inner = command.nested.length > 0 ? searchApart(command.nested) : undefined;
      if (command.isFunction) {
        const name = fileName(written(command.words.slice(-1).flat()));
        functions.set(name, { commands, from: index + 1, to: groupEnd(commands, index + 1, to, spend) });
        continue;
      }
      const words = wordsOf(command, scope);
      const input = text(command.text, scope);
      const marked = words.find((word) => word.includes(fetchedMark));
      const substituted = inner ?? (marked === undefined ? undefined : plain(marked.slice(marked.indexOf(fetchedMark) + 3)));
      const call = searchWords(words);
      if (call !== undefined) {
        const { name, args } = call;
        const takesInput = runsInput(call, unpackers, evaluators);
        if (fetched !== undefined && takesInput) find(programOf(fetched), `${fetched} | ${name}`);
        if (substituted !== undefined && runsSubstitution(call)) find(programOf(substituted), shownCall(call));
        const readsFetched = takesInput && command.inputs.some((file) => files.has(text(file, scope)));
        if (files.isRunBy(call) || readsFetched) find(fetcher, shownCall(call));
        files.follow(call);
        if (shells.has(name) && takesInput && !(piped + input).includes(fetchedMark)) searchScript(piped + input, depth + 1);
        const fetch = meets(rowOf(fetchers, name), args);
        if (fetch !== undefined) fetched ??= shownCall(call);
        fetched ??= substituted;
        if (fetch !== undefined) {
          files.add(call, fetch.outputs);
          fetcher = name;
        }
        if (fetched !== undefined) for (const output of name === 'tee' ? args : command.outputs.map((word) => text(word, scope))) files.note(output);
        piped = name === 'echo' || name === 'printf' ? args.join(' ') : input;
      }
      fetched ??= substituted;
      first ??= fetched;
    }
    return first;
  }

  /** What the programs of a command do, whatever stands around it; tells the innermost. */
  function searchWords(words: readonly string[]): Call | undefined {
    const calls = callsOf(words);
    isUnreadable ||= calls === undefined;
    const last = calls?.at(-1);
    for (const call of calls ?? []) searchCall(call, call === last);
    return last;
  }
  function searchCall(call: Call, isLast: boolean): void {
    const { name, program, args } = call;
    if (meets(rowOf(installers, name), args) ?? meets(rowOf(runners, name), args, true)) find(name, shownCall(call));
    // PowerShell takes a script in base64, which nobody can review.
    if (powerShells.has(name) && args.some((arg) => /^-e(?:c|nc|ncodedcommand)?$/i.test(arg))) isUnreadable = true;
    const script = scriptOf(call);
    if (script !== undefined) {
      if (!script.text.startsWith(fetchedMark)) searchScript(script.text, depth + 1, script.positional);
    // A whole command line in the place of the program: `env -S`, or the argument of an entry point `sh -c`.
    } else if (/\s/.test(program) && !program.startsWith(fetchedMark)) {
      searchScript(program, depth + 1);
    }
    if (isLast) changeScope(call);
  }
  /** What a command changes for those behind it. */
  function changeScope({ name, program, args }: Call): void {
    const { positional } = scope;
    const body = functions.get(name);
    if (name === 'cd' || name === 'pushd') {
      files.enter(args.find((arg) => !arg.startsWith('-')) ?? '~');
    } else if (name === 'for' && args[1] === 'in') {
      scope.variables.set(args[0], args.slice(2).join('\n'));
    } else if (name === 'set' && args.includes('--')) {
      scope.positional = ['', ...args.slice(args.indexOf('--') + 1)];
    } else if (name === 'shift' && positional !== undefined && spend(positional.length)) {
      scope.positional = [positional[0], ...positional.slice(2)];
    } else if (body !== undefined && !program.includes('/') && !running.has(name)) {
      running.add(name);
      scope.positional = [name, ...args];
      searchCommands(body);
      scope.positional = positional;
      running.delete(name);
    }
  }

  return { searchScript, searchWords, result: (): Downloads => isUnreadable ? undefined : [...found.values()] };
}
