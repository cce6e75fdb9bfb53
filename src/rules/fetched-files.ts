import { Call, fileName, isFetcher, isUnpacker, runsArguments } from './shell-programs';

/** The files that a script has fetched so far, and whether a later command makes one of them run. */
export interface FetchedFiles {
  /** Takes note of what a fetching command writes, and of the files that its output is sent to. */
  add(call: Call, outputs: readonly string[]): void;
  /** `true` where the call runs, unpacks or makes executable what was fetched. */
  isRunBy(call: Call): boolean;
}

export function fetchedFiles(): FetchedFiles {
  const names = new Set<string>();
  const folders = new Set<string>();
  let hasUnnamed = false;

  function note(path: string): void {
    if (path === '-' || path === '') return;
    const name = fileName(path);
    names.add(name);
    folders.add(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    // A name that only the shell knows may be any name.
    hasUnnamed ||= name === '' || /[$*?]/.test(name);
  }
  function isMadeExecutable(target: string): boolean {
    return hasUnnamed || names.has(fileName(target)) || folders.has(target.replace(/\/$/, '')) || /[$*?]/.test(target);
  }

  return {
    add: (call, outputs) => {
      if (isFetcher(call)) writtenBy(call).forEach(note);
      outputs.forEach(note);
    },
    isRunBy: (call) => {
      if (names.size === 0) return false;
      if (call.name === 'chmod') return executableTargets(call.args).some(isMadeExecutable);
      if (names.has(call.name)) return true;
      if (!runsArguments(call.name)) return false;
      const files = call.args.filter((arg) => !arg.startsWith('-'));
      return (isUnpacker(call.name) ? files : files.slice(0, 1)).some((file) => names.has(fileName(file)));
    },
  };
}

/** The files that a fetching program writes, by its own options; `-` is the standard output. */
function writtenBy({ name, args }: Call): readonly string[] {
  if (name === 'curl') {
    const files = optionValues(args, /^(?:--output=|-[a-zA-Z]*?o)(.*)$/, '--output');
    return args.some((arg) => arg === '--remote-name' || /^-[a-zA-Z]*O$/.test(arg)) ? [...files, ...addresses(args)] : files;
  }
  if (name === 'wget') {
    const files = optionValues(args, /^(?:--output-document=|-[a-zA-Z]*?O)(.*)$/, '--output-document');
    return files.length > 0 ? files : addresses(args);
  }
  const files = args.filter((_, index) => /^-outfile$/i.test(args[index - 1] ?? ''));
  return files.length > 0 ? files : args.slice(-1);
}

function optionValues(args: readonly string[], option: RegExp, long: string): readonly string[] {
  return args.flatMap((arg, index) => {
    const value = arg === long ? '' : option.exec(arg)?.[1];
    return value === undefined ? [] : value || (args[index + 1] ?? '');
  });
}

/** Where the name in an address cannot be told, it is written as one that only the shell knows. */
function addresses(args: readonly string[]): readonly string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && /[/$]/.test(arg))
    .map((arg) => fileName(arg.replace(/[?#].*$/, '')) || '$');
}

/** What `chmod` makes executable, for anybody. */
function executableTargets(args: readonly string[]): readonly string[] {
  const [mode = '', ...targets] = args.filter((arg) => !arg.startsWith('-'));
  return /^[0-7]{0,4}[1357][0-7]{0,2}$/.test(mode) || /[+=][rwst]*x/i.test(mode) ? targets : [];
}
