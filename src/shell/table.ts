/** How the arguments of a program are read: which options take the next word for a value, and how many words of its own come first. */
export interface Arguments {
  readonly values: ReadonlySet<string>;
  readonly own: number;
}

/** One way to call a program. */
export interface Pattern {
  readonly words: readonly string[];
  /** What its row says behind `->`. */
  readonly outputs: readonly string[];
}

type Table<Row> = ReadonlyMap<string, Row>;

/** Reads rows of `name name: -option -option +1`. */
export function argumentsTable(text: string): Table<Arguments> {
  return table(text, (rest) => {
    const words = rest.split(' ').filter((word) => word !== '');
    const own = Number(words.find((word) => word.startsWith('+')) ?? 0);
    return { values: new Set(words.filter((word) => !word.startsWith('+'))), own };
  });
}

/** Reads rows of `name name: pattern, pattern -> output output`; a line that is set in goes on with the row above it. */
export function patternsTable(text: string): Table<readonly Pattern[]> {
  return table<readonly Pattern[]>(text, (rest) => {
    const [patterns, outputs = ''] = rest.split(' -> ');
    return patterns.split(', ').map((pattern) => ({ words: pattern.split(' '), outputs: outputs.split(' ') }));
  });
}

function table<Row>(text: string, read: (rest: string) => Row): Table<Row> {
  return new Map(text.trim().replace(/\n {4,}/g, ' ').split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    const row = read(line.slice(colon + 1).trim());
    return line.slice(0, colon).trim().split(' ').map((name): [string, Row] => [name, row]);
  }));
}

/** The row of a program; `python3.12` is `python`. */
export function rowOf<Row>(rows: Table<Row>, name: string): Row | undefined {
  return rows.get(name) ?? rows.get(name.replace(/[\d.]{1,8}$/, ''));
}

/** Words behind which a word such as `install` is an argument of something else: `npm run install` runs a script of that name. */
const elsewhere: ReadonlySet<string> = new Set(['run', 'run-script', 'start', 'test', 'exec', 'help', 'list', 'ls', 'show', 'search', 'info']);

/** Options with which nothing is fetched. Behind a subcommand, `-v` and `--version` never mean that the program tells its version. */
const harmless: ReadonlySet<string> = new Set(['--help', '--no-install', '--offline', '--dry-run']);

/** The pattern that a call meets. With `isRunner`, options behind the first word that is left over belong to what the program runs. */
export function meets(patterns: readonly Pattern[] | undefined, args: readonly string[], isRunner = false): Pattern | undefined {
  return patterns?.find(({ words }) => isMet(words, args, isRunner));
}

function isMet(words: readonly string[], args: readonly string[], isRunner: boolean): boolean {
  let at = 0;
  let isAnywhere = false;
  for (const word of words) {
    if (word === '..') {isAnywhere = true;} else if (word === 'bare' && args.some((arg) => !arg.startsWith('-'))) {return false;} else if (!/^!?-|^always$|^bare$/.test(word)) {
      at = place(word, args, at, isAnywhere);
      if (at === 0) return false;
      isAnywhere = false;
    }
  }
  const isOption = (arg: string): boolean => arg.startsWith('-');
  const end = args.indexOf('--') === -1 ? args.length : args.indexOf('--');
  const next = args.findIndex((arg, index) => index >= (words.at(-1) === '*' ? at - 1 : at) && !isOption(arg));
  const own = args.slice(0, isRunner && next !== -1 ? Math.min(next, end) : end);
  if (own.some((arg) => harmless.has(arg)) || own.includes('-h') && !isOption(words[0])) return false;
  if (!args.some((arg) => !isOption(arg)) && own.some((arg) => /^(?:-[vV]|--version)$/.test(arg))) return false;
  // A word behind an option may be its value, so that it does not end the options that a runner must have.
  const past = args.findIndex((arg, index) => index >= at && !isOption(arg) && !isOption(args[index - 1] ?? ''));
  const wide = isRunner && past !== -1 ? args.slice(0, past) : args;
  return words.every((word) => word.startsWith('!-') ? !own.includes(word.slice(1)) : !isOption(word) || wide.some((arg) => isOptionOf(word, arg)));
}

function isOptionOf(word: string, arg: string): boolean {
  return fits(word, arg) || arg.startsWith(`${word}=`);
}

/** The place behind the next argument that fits, or 0. `npm --prefix /app install`: a word behind an option may belong to it. */
function place(word: string, args: readonly string[], from: number, isAnywhere: boolean): number {
  const choices = word.split('|');
  let isValue = false;
  for (let at = from; at < args.length; at++) {
    const arg = args[at];
    if (arg.startsWith('-')) {
      isValue = !arg.includes('=');
      continue;
    }
    if (choices.some((choice) => fits(choice, arg))) return at + 1;
    if (!isAnywhere && (!isValue || elsewhere.has(arg))) return 0;
    isValue = false;
  }
  return 0;
}

/** `*` at an end of a word stands for any text. */
function fits(word: string, arg: string): boolean {
  if (!word.endsWith('*')) return word === arg;
  return word.startsWith('*') ? arg.includes(word.slice(1, -1)) : arg.startsWith(word.slice(0, -1));
}
