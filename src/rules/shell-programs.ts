/** A command with what stands before the program taken away: keywords, assignments, `sudo`, `env` and their like. */
export interface Call {
  /** The file name of the program in lower case, without its folder and `.exe`. */
  readonly name: string;
  /** The program as it is written. */
  readonly program: string;
  readonly args: readonly string[];
}

interface Wrapper {
  /** Options that take the next word for their value. */
  readonly values?: readonly string[];
  /** How many words of its own stand before the program. */
  readonly own?: number;
}

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ...['then', 'do', 'else', 'elif', 'if', 'while', 'until', '!', '{', 'nohup', 'setsid', 'command', 'builtin', 'busybox', 'toybox',
    'dumb-init', 'catatonit', 'with-contenv', 'unshare', 'call', 'docker-entrypoint.sh', 'entrypoint.sh', 'my_init'].map((name): [string, Wrapper] => [name, {}]),
  ['function', { own: 1 }],
  ['exec', { values: ['-a'] }],
  ['time', { values: ['-f', '-o'] }],
  ['sudo', { values: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '-R', '--user', '--group'] }],
  ['doas', { values: ['-u', '-C'] }],
  ['env', { values: ['-u', '-C', '--unset', '--chdir'] }],
  ['nice', { values: ['-n'] }],
  ['ionice', { values: ['-c', '-n'] }],
  ['stdbuf', { values: ['-i', '-o', '-e'] }],
  ['timeout', { values: ['-k', '-s'], own: 1 }],
  ['tini', { values: ['-p', '-e'] }],
  ['xargs', { values: ['-I', '-n', '-P', '-L', '-d', '-E', '-s', '-a'] }],
  ['setpriv', { values: ['--reuid', '--regid', '--groups', '--inh-caps', '--bounding-set'] }],
  ['chroot', { own: 1 }],
  ['su-exec', { own: 1 }],
  ['gosu', { own: 1 }],
  ['s6-setuidgid', { own: 1 }],
  ['flock', { values: ['-w', '-E'], own: 1 }],
  ['nsenter', { values: ['-t', '-S', '-G', '--target'] }],
]);

/** The program that a command calls, and its arguments; `undefined` where it calls none, as an assignment does. */
export function callOf(words: readonly string[]): Call | undefined {
  let index = 0;
  for (;;) {
    while (index < words.length && isAssignment(words[index])) index++;
    if (index >= words.length) return undefined;
    const program = words[index];
    const name = fileName(program);
    const wrapper = wrappers.get(name);
    if (wrapper === undefined) return { name, program, args: words.slice(index + 1) };
    index++;
    while (index < words.length && words[index].startsWith('-')) index += wrapper.values?.includes(words[index]) === true ? 2 : 1;
    index += wrapper.own ?? 0;
  }
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word);
}

export function fileName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return name.replace(/\.(?:exe|cmd|bat)$/, '');
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh', 'fish', 'rbash', 'hush']);
const powerShells: ReadonlySet<string> = new Set(['powershell', 'pwsh']);
const evaluators: ReadonlySet<string> = new Set(['eval', 'source', '.', 'iex', 'invoke-expression']);
const interpreters: ReadonlySet<string> = new Set(['python', 'python2', 'python3', 'node', 'perl', 'ruby', 'php', 'lua', 'deno', 'bun']);
const unpackers: ReadonlySet<string> = new Set(['tar', 'bsdtar', 'unzip', 'cpio', 'dpkg', 'rpm', 'kubectl']);
const fetchers: ReadonlySet<string> = new Set([
  'curl', 'wget', 'wget2', 'aria2c', 'axel', 'fetch', 'http', 'https', 'xh', 'lynx', 'ftp', 'tftp', 'scp', 'sftp', 'rsync', 'gsutil', 'rclone', 'crane',
  'iwr', 'irm', 'invoke-webrequest', 'invoke-restmethod', 'start-bitstransfer', '.downloadstring', '.downloadfile',
]);

export function isShell(name: string): boolean {
  return shells.has(name);
}

export function isUnpacker(name: string): boolean {
  return unpackers.has(name);
}

/** Whether a program brings data from elsewhere. From where is not asked: what is run must not come from there. */
export function isFetcher({ name, args }: Call): boolean {
  return fetchers.has(name) || name === 'aws' && args.includes('s3') && args.includes('cp');
}

/** Whether a program runs the text or the file that it is given as an argument. */
export function runsArguments(name: string): boolean {
  return shells.has(name) || powerShells.has(name) || evaluators.has(name) || interpreters.has(name) || unpackers.has(name);
}

/** Whether a program runs, or unpacks, what a pipe brings it. With a program of its own, as in `python -m json.tool`, a pipe is data. */
export function runsInput({ name, args }: Call): boolean {
  if (unpackers.has(name) || evaluators.has(name)) return true;
  if (shells.has(name)) return scriptIndex(args) === undefined && hasNoProgram(args);
  if (!interpreters.has(name) && !powerShells.has(name)) return false;
  return !args.some((arg) => /^-[a-z]*[cemnpr]$/i.test(arg) || arg.startsWith('--eval')) && hasNoProgram(args);
}

function hasNoProgram(args: readonly string[]): boolean {
  const first = args.find((arg) => !arg.startsWith('-') || arg === '-' || arg === '-s');
  return first === undefined || first === '-' || first === '-s' || first === '/dev/stdin';
}

/** Where the script of `sh -c` stands among the arguments of a shell, also in `bash -euo pipefail -c` and `sh -c -- …`. */
export function scriptIndex(args: readonly string[]): number | undefined {
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

/** The text that a call runs as a script, and the place of it among the words of the call; `undefined` where there is none. */
export function scriptOf({ name, args }: Call): { readonly text: string; readonly index: number } | undefined {
  if (shells.has(name)) {
    const index = scriptIndex(args);
    return index === undefined ? undefined : { text: args[index].replace(/^--command=/, ''), index };
  }
  const index = scriptStart(name, args);
  return index === undefined || index >= args.length ? undefined : { text: args.slice(index).join(' '), index };
}

/** Where the script begins of a program that takes the rest of its words for it. */
function scriptStart(name: string, args: readonly string[]): number | undefined {
  const after = (found: number): number | undefined => (found === -1 ? undefined : found + 1);
  if (name === 'eval' || name === 'trap' || name === 'watch') return 0;
  if (name === 'cmd') return after(args.findIndex((arg) => /^\/[ck]$/i.test(arg)));
  if (name === 'su' || name === 'runuser' || name === 'script') return after(args.findIndex((arg) => arg === '-c' || arg === '--command'));
  if (name === 'find') return after(args.findIndex((arg) => arg === '-exec' || arg === '-execdir'));
  if (powerShells.has(name)) {
    const option = args.findIndex((arg) => /^-c(?:ommand)?$/i.test(arg));
    return option === -1 ? 0 : option + 1;
  }
  return undefined;
}
