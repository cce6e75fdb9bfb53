import { posix } from 'path';
import { Call, interpreted } from './calls';
import { loaders, unpackers } from './programs';
import { rowOf } from './table';

/**
 * The files that a text has fetched so far, by their paths, and whether a call makes one of them run.
 *
 * `spend` pays for so many steps, and tells when there is nothing left; `hasPath`: whether the text says where programs lie.
 */
export function fetchedFiles(spend: (steps: number) => boolean, hasPath: () => boolean) {
  const files = new Set<string>();
  /** Folders of fetched files whose names are not told. */
  const trees = new Set<string>();
  let cwd = '';

  function resolve(path: string): string {
    spend(cwd.length + path.length);
    const isWhole = /^[/~$]|^[A-Za-z]:/.test(path);
    return posix.normalize(isWhole || cwd === '' ? path : `${cwd}/${path}`).replace(/\/$/, '');
  }
  function note(path: string): void {
    if (path !== '-' && path !== '' && spend(1)) files.add(resolve(path));
  }
  function isAny(test: (file: string) => boolean): boolean {
    return files.size > 0 && spend(files.size) && [...files].some(test);
  }
  function noteIn(folder: string, inside: readonly string[], isTree: boolean): void {
    note(folder);
    if (isTree) trees.add(resolve(folder));
    for (const name of inside) if (spend(1)) note(`${folder}/${name}`);
  }
  function has(path: string): boolean {
    const whole = resolve(path);
    if (files.has(whole) || trees.size > 0 && spend(trees.size) && [...trees].some((tree) => isWithin(whole, tree))) return true;
    // Where a folder is not known, the name decides.
    return isAny((file) => !(isRooted(file) && isRooted(whole)) && posix.basename(file) === posix.basename(whole));
  }
  /** Whether a path, which may hold what only the shell knows, may be fetched; with `isDeep`, also by what lies in it. */
  function mayHave(path: string, isDeep = false): boolean {
    const unknown = path.search(/[$*?]/);
    const whole = resolve(unknown >= 0 ? path.slice(0, unknown) : path);
    const isMet = (file: string): boolean => /[$*?]/.test(posix.basename(file)) || isDeep && isWithin(file, whole);
    return has(path) || isAny(unknown >= 0 ? (file) => file.startsWith(whole.replace(/^\.$/, '')) : isMet);
  }

  return {
    /** `cd`. */
    enter: (folder: string) => {
      cwd = resolve(folder);
    },
    /** Does something, as in a subshell, and comes back to the folder of before. */
    apart: <Result>(work: () => Result) => {
      const before = cwd;
      const result = work();
      cwd = before;
      return result;
    },
    note,
    has,
    /** Takes note of what a fetching program writes, as its row in the table says. */
    add: ({ args }: Call, outputs: readonly string[]) => {
      const told = new Map(outputs.map((output) => {
        const [kind, options = ''] = output.split('=');
        return [kind, options.split(',').filter((option) => option !== '')];
      }));
      const folders = valuesOf(args, told.get('folder') ?? []);
      const written = valuesOf(args, told.get('file') ?? []);
      const named = told.get('name');
      const words = args.filter((arg) => !arg.startsWith('-'));
      for (const file of written) for (const folder of ['', ...folders]) note(folder === '' ? file : `${folder}/${file}`);
      if (named !== undefined && (named.length === 0 ? written.length === 0 : args.some((arg) => isOption(arg, named)))) {
        const addresses = words.filter((word) => /[/$]/.test(word)).map(addressName);
        for (const folder of folders.length > 0 ? folders : ['']) for (const name of addresses) note(folder === '' ? name : `${folder}/${name}`);
      } else if (told.has('tree') || told.has('folder') && named === undefined && folders.length > 0) {
        for (const folder of folders.length > 0 ? folders : written.length > 0 ? [] : ['.']) noteIn(folder, [], true);
      }
      if (told.has('last') && written.length === 0) {
        const isTree = args.some((arg) => /^-[a-zA-Z]*[rRa]|^--recursive$|^(?:copy|sync|mirror|rsync)$|[/*]$/.test(arg));
        const targets = words.filter((word, index) => index > 0 && !/:\/\/|^[\w.@-]{2,}:/.test(word) || /^dir:/.test(word)).map((word) => word.replace(/^dir:/, ''));
        const sources = words.filter((word) => /[/:].*[^/*]$/.test(word)).map(addressName);
        for (const target of targets) noteIn(target, sources, isTree);
      }
    },
    /** Takes note of where a call copies or moves what was fetched. */
    follow: ({ name, args }: Call) => {
      const sources = args.filter((arg) => !arg.startsWith('-'));
      const target = sources.pop();
      if (target === undefined || !/^(?:cp|mv|ln|install)$/.test(name)) return;
      const fetched = sources.filter((file) => mayHave(file));
      if (fetched.length === 0) return;
      noteIn(target, fetched.map((file) => posix.basename(file)), fetched.some((file) => /\*/.test(file) || trees.has(resolve(file))));
    },
    /** Whether the call runs, unpacks or makes executable what was fetched. */
    isRunBy: (call: Call) => {
      if (files.size === 0) return false;
      const { name, program, args } = call;
      if (name === 'chmod') {
        const isDeep = args.some((arg) => /^-[a-z]*R|^--recursive$/.test(arg));
        return executableTargets(args).some((target) => mayHave(target, isDeep));
      }
      if (name === 'install') return makesExecutable(args) && args.some((arg) => !arg.startsWith('-') && has(arg));
      // By its name alone, a program is looked for where programs lie.
      const isNamed = (file: string): boolean => posix.basename(file) === program && (hasPath() || /bin$/.test(posix.dirname(file)));
      if (/[/\\]/.test(program) ? has(program) : isAny(isNamed)) return true;
      const loaded = valuesOf(args, [...rowOf(loaders, name)?.values ?? []]).flatMap((value) => value.split(/[:;=]/));
      if (loaded.some((file) => file !== '' && has(file))) return true;
      if (unpackers.has(name)) return args.some((arg) => !arg.startsWith('-') && mayHave(arg));
      const file = interpreted(call);
      return file !== undefined && has(file);
    },
  };
}

function isRooted(path: string): boolean {
  return /^[/~$]/.test(path);
}

function isWithin(path: string, folder: string): boolean {
  if (folder === '.') return !isRooted(path);
  return path === folder || path.startsWith(folder) && path[folder.length] === '/';
}

/** What these options are given: `-o x`, `-fsSLox`, `--output x`, `--output=x`, `-javaagent:x`. */
function valuesOf(args: readonly string[], options: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (!arg.startsWith('-')) return [];
    return options.flatMap((option) => {
      const letter = /^-([a-zA-Z])$/.exec(option)?.[1];
      const cut = letter === undefined ? -1 : /^-[a-zA-Z]/.test(arg) ? arg.indexOf(letter, 1) : -1;
      if (cut > 0 && /^-[a-zA-Z]*$/.test(arg.slice(0, cut))) return arg.slice(cut + 1) || (args[index + 1] ?? '');
      if (arg.toLowerCase() === option.toLowerCase()) return args[index + 1] ?? '';
      return arg.startsWith(`${option}=`) || arg.startsWith(`${option}:`) ? arg.slice(option.length + 1) : [];
    });
  });
}

function isOption(arg: string, options: readonly string[]): boolean {
  return options.some((option) => arg === option || option.length === 2 && /^-[a-zA-Z]*$/.test(arg) && arg.endsWith(option[1]));
}

/** The name at the end of an address; where it cannot be told, it is written as one that only the shell knows. */
function addressName(address: string): string {
  const path = address.replace(/[?#].*$/s, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1) || '$';
}

/** What `chmod` makes executable, for anybody. */
function executableTargets(args: readonly string[]): readonly string[] {
  const [mode = '', ...targets] = args.filter((arg) => !arg.startsWith('-'));
  return /^[0-7]{0,4}[1357][0-7]{0,2}$/.test(mode) || /[+=][rwst]*x/i.test(mode) ? targets : [];
}

/** `install` does, unless it is told another mode. */
function makesExecutable(args: readonly string[]): boolean {
  const [mode] = valuesOf(args, ['-m', '--mode']);
  return mode === undefined || /[1357x]/.test(mode);
}
