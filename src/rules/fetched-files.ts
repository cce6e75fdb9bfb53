import { Call, fileName, isFetcher, isUnpacker, runsArguments } from './shell-programs';

/** The files that a script has fetched so far, and whether a later command makes one of them run. */
export interface FetchedFiles {
  /** Takes note of what a fetching command writes, and of the files that its output is sent to. */
  add(call: Call, outputs: readonly string[]): void;
  /** Takes note of where a call copies or moves what was fetched. */
  follow(call: Call): void;
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
    follow: ({ name, args }) => {
      const files = args.filter((arg) => !arg.startsWith('-'));
      const target = files.pop();
      if (target === undefined || !/^(?:cp|mv|ln)$/.test(name) || !files.some((file) => names.has(fileName(file)))) return;
      note(target);
      // Into a folder, where they keep their names.
      folders.add(target.replace(/\/$/, ''));
    },
    isRunBy: (call) => {
      if (names.size === 0) return false;
      if (call.name === 'chmod') return executableTargets(call.args).some(isMadeExecutable);
      if (call.name === 'install') return makesExecutable(call.args) && call.args.some((arg) => names.has(fileName(arg)));
      if (call.name === 'java') return javaPrograms(call.args).some((file) => names.has(fileName(file)));
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

/** `install` does, unless it is told another mode. */
function makesExecutable(args: readonly string[]): boolean {
  const [mode] = optionValues(args, /^(?:--mode=|-m)(.*)$/, '--mode');
  return mode === undefined || /[1357x]/.test(mode);
}

/** The archives that a Java machine runs: not those that it is given as data. */
function javaPrograms(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (/^-(?:jar|cp|classpath|-class-path)$/.test(args[index - 1] ?? '')) return arg.split(/[:;]/);
    const agent = /^-(?:javaagent|agentpath):([^=]*)/.exec(arg)?.[1];
    return agent === undefined ? [] : [agent];
  });
}
