/** What is nested deeper than this, no person wrote. */
export const deepestNesting = 20;

/** A piece of a word: text, a variable, or commands whose output stands there. */
export type Part = string | Variable | { readonly commands: readonly ShellCommand[] };

export interface Variable {
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

/** Redirections, each before those that it begins with. */
const redirects = ['<<<', '<<-', '<<', '<&', '<>', '<', '>>', '>&', '>|', '>'] as const;
type Redirect = (typeof redirects)[number];

/**
 * The simple commands of a shell script in order, or `undefined` where it nests too deeply to be read.
 *
 * It knows quotes, comments, here-documents, pipelines, subshells, variables and substitutions of POSIX shells and bash. It
 * expands nothing, and keywords such as `then` stand as words. Any text is read, also one that no shell would take; each
 * character is looked at once for each level of backquotes around it.
 */
export function readShell(text: string, depth = 0): readonly ShellCommand[] | undefined {
  if (depth > deepestNesting) return undefined;
  let at = 0;
  let pipelines = 0;
  let isTooDeep = false;

  /** Reads up to `)` or to the end; a subshell is an own list. */
  function readList(level: number): ShellCommand[] {
    const commands: ShellCommand[] = [];
    const documents: { readonly command: OpenCommand; readonly end: string; readonly tabs: boolean }[] = [];
    let command = open();
    let word: Part[] | undefined;
    let redirect: Redirect | undefined;

    function open(pipeline = ++pipelines): OpenCommand {
      return { words: [], outputs: [], inputs: [], text: [], pipeline, nested: [], isFunction: false };
    }
    function append(part: Part): void {
      (word ??= []).push(part);
    }
    function endWord(): void {
      if (word === undefined) return;
      const joined = joinTexts(word);
      if (redirect === undefined) command.words.push(joined);
      else if (redirect === '<<' || redirect === '<<-') documents.push({ command, end: written(joined), tabs: redirect === '<<-' });
      else if (redirect === '<<<') for (const part of [...joined, '\n']) command.text.push(part);
      else (redirect.startsWith('>') ? command.outputs : command.inputs).push(joined);
      word = redirect = undefined;
    }
    function endCommand(isPiped: boolean): void {
      endWord();
      redirect = undefined;
      if (command.words.length > 0 || command.nested.length > 0) commands.push(command);
      command = open(isPiped ? command.pipeline : undefined);
    }
    function readRedirect(): void {
      // `2>` and `&>` name a stream; they are no word of the command.
      if (word?.every((part) => typeof part === 'string' && /^\d+$/.test(part))) word = undefined;
      endWord();
      const [operator] = redirects.filter((each) => text.startsWith(each, at));
      at += operator.length;
      redirect = operator;
    }

    while (at < text.length) {
      const character = text[at];
      const next = text[at + 1];
      switch (character) {
        case ' ': case '\t': case '\r': endWord(); at++; break;
        case '\n':
          endCommand(false);
          at++;
          for (const document of documents.splice(0)) document.command.text.push(readDocument(document.end, document.tabs));
          break;
        case ';': endCommand(false); at++; break;
        case '&':
          if (next === '>') { endWord(); at++; readRedirect(); } else { endCommand(false); at++; }
          break;
        case '|':
          endCommand(next !== '|');
          at += next === '|' || next === '&' ? 2 : 1;
          break;
        case '#':
          if (word === undefined) { at = closing('\n', at); } else { append(character); at++; }
          break;
        case '(':
          // `name()` opens a function, whose body follows; any other parenthesis holds commands.
          if (next === ')') { at += 2; endWord(); command.isFunction = true; endCommand(false); } else { endWord(); at++; nest(level).forEach((each) => command.nested.push(each)); }
          break;
        case ')':
          at++;
          endCommand(false);
          if (level > 0) return commands;
          break;
        case '<': case '>':
          if (next === '(') { at += 2; append({ commands: nest(level) }); endWord(); } else { readRedirect(); }
          break;
        case '\\':
          // A backslash at the end of a line joins the lines.
          if (next !== '\n') append(next ?? '');
          at += 2;
          break;
        case '\'': {
          const end = closing('\'', at + 1);
          append(text.slice(at + 1, end));
          at = end + 1;
          break;
        }
        case '"': at++; append(''); readQuoted('"', level).forEach(append); break;
        case '`': case '$': append(readExpansion(level, false)); break;
        default: {
          const from = at++;
          while (at < text.length && isPlain(text.charCodeAt(at))) at++;
          append(text.slice(from, at));
        }
      }
    }
    endCommand(false);
    return commands;
  }

  function nest(level: number): readonly ShellCommand[] {
    if (isBeyond(level + 1)) return [];
    return readList(level + 1);
  }

  function isBeyond(level: number): boolean {
    if (level <= deepestNesting - depth) return false;
    isTooDeep = true;
    at = text.length;
    return true;
  }

  /** Reads up to a double quote, or up to the `}` of `${…}`. */
  function readQuoted(end: '"' | '}', level: number): Part[] {
    const parts: Part[] = [];
    while (at < text.length && text[at] !== end) {
      const next = text[at + 1];
      if (text[at] === '\\') {
        if (next !== '\n') parts.push((next !== undefined && '$`"\\'.includes(next) ? '' : '\\') + (next ?? ''));
        at += 2;
      } else if (text[at] === '$' || text[at] === '`') {
        parts.push(readExpansion(level, true));
      } else if (text[at] === '"') {
        at++;
      } else {
        const from = at++;
        while (at < text.length && text[at] !== end && !'\\$`"'.includes(text[at])) at++;
        parts.push(text.slice(from, at));
      }
    }
    at++;
    return joinTexts(parts);
  }

  /** What a dollar sign or a backquote begins. */
  function readExpansion(level: number, isQuoted: boolean): Part {
    if (text[at] === '`') return { commands: readBackquoted(level) };
    at++;
    if (text[at] === '(') {
      at++;
      return { commands: nest(level) };
    }
    const [start = '', brace, variable = ''] = match(/(\{?)([A-Za-z_]\w*|[@*#?!\d])/y);
    at += start.length;
    if (brace === undefined) return isQuoted || (text[at] !== '\'' && text[at] !== '"') ? '$' : '';
    if (brace === '') return { variable, isQuoted };
    // What is cut away or put in place of something is not computed: `${NAME#…}` is taken for `$NAME`.
    const [operator = ''] = match(/(?:\[[@*]\])?:?[-=]?/y);
    at += operator.length;
    if (isBeyond(level + 1)) return '';
    const rest = readQuoted('}', level + 1);
    return { variable, isQuoted, ...(/[-=]$/.test(operator) ? { otherwise: rest } : {}) };
  }

  function match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? [];
  }

  function readBackquoted(level: number): readonly ShellCommand[] {
    const from = ++at;
    while (at < text.length && text[at] !== '`') at += text[at] === '\\' ? 2 : 1;
    const inner = text.slice(from, at++).replace(/\\([`$\\])/g, '$1');
    const commands = readShell(inner, depth + level + 1);
    isTooDeep ||= commands === undefined;
    return commands ?? [];
  }

  function readDocument(end: string, tabs: boolean): string {
    const from = at;
    while (at < text.length) {
      const start = at;
      at = closing('\n', at) + 1;
      const line = text.slice(start, at - 1);
      if ((tabs ? line.replace(/^\t+/, '') : line) === end) return text.slice(from, start);
    }
    return text.slice(from);
  }

  function closing(mark: string, from: number): number {
    const end = text.indexOf(mark, from);
    return end === -1 ? text.length : end;
  }

  const result = readList(0);
  return isTooDeep ? undefined : result;
}

/** A word as it is written, with `$()` where commands stand. */
export function written(word: Word): string {
  return word.map((part) => typeof part === 'string' ? part : 'commands' in part ? '$()' : `$${part.variable}`).join('');
}

/** Texts side by side become one. */
function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** Letters, digits and everything else that means nothing to a shell. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 45 && code <= 58) || (code >= 64 && code <= 90) || code === 95 || code > 127;
}
