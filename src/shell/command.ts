/** A piece of a word: text, a variable, or commands whose output stands there. */
export type Part = string | Variable | { readonly commands: readonly ShellCommand[] };

interface Variable {
  readonly variable: string;
  /** `${NAME:-this}`. */
  readonly otherwise?: Word;
  /** Between double quotes, where the value stays one word. */
  readonly isQuoted: boolean;
}

export type Word = readonly Part[];

/** A simple command of a shell script, as far as the rest of this room needs to see it. */
export interface ShellCommand {
  /** Its words after quotes are removed. */
  readonly words: readonly Word[];
  /** The files that it writes its output to, and those that it reads its input from. */
  readonly outputs: readonly Word[];
  readonly inputs: readonly Word[];
  /** The text of its here-documents and here-strings. */
  readonly text: Word;
  /** Commands of one pipeline have the same number, and stand in order. */
  readonly pipeline: number;
  /** The commands of its subshells. */
  readonly nested: readonly ShellCommand[];
  /** `true` where it only names a function, whose body follows. */
  readonly isFunction: boolean;
}

type OpenCommand = {
  -readonly [Key in keyof ShellCommand]: ShellCommand[Key] extends readonly (infer Item)[] ? Item[] : ShellCommand[Key];
};

/** A command that is being read. */
export function newCommand(pipeline: number): OpenCommand {
  return { words: [], outputs: [], inputs: [], text: [], pipeline, nested: [], isFunction: false };
}

/** A word as it is written, with `$()` where commands stand. */
export function written(word: Word): string {
  return word.map((part) => typeof part === 'string' ? part : 'commands' in part ? '$()' : `$${part.variable}`).join('');
}

/** Texts side by side become one. */
export function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** Where the group `{ …; }` ends that begins at a place, which is a function's body; `to` where none begins or none ends. */
export function groupEnd(commands: readonly ShellCommand[], from: number, to: number, spend: (steps: number) => boolean): number {
  let open = 0;
  for (let at = from; at < to && spend(1); at++) {
    const [[start] = []] = commands[at].words;
    open += start === '{' ? 1 : start === '}' ? -1 : 0;
    if (open <= 0) return start === '}' ? at : to;
  }
  return to;
}

export function isAssignment(word: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word);
}
