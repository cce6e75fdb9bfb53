import { joinTexts, newCommand, Part, ShellCommand, Word, written } from './command';

/** What is nested deeper than this, no person wrote. */
export const deepestNesting = 20;

const tokens = /[ \t\r]+|\n|;|&|\|[|&]?|\(\)|[<>]?\(|\)|<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|\\[^]?|'[^']*'?|["`$#]|[^ \t\r\n;&|()<>\\'"`$#]+/y;
const quotedTokens = /\\[^]?|[$`"}]|[^\\$`"}]+/y;

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
  let level = depth;
  let pipelines = 0;
  let isTooDeep = false;

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const [token] = pattern.exec(text) ?? [''];
    at += token.length;
    return token;
  }

  /** Reads what is nested, or nothing more where that is too deep. */
  function nest<Result>(read: () => Result): Result | undefined {
    isTooDeep ||= level === deepestNesting;
    if (isTooDeep) {
      at = text.length;
      return undefined;
    }
    level++;
    const result = read();
    level--;
    return result;
  }
  function nestedCommands(): readonly ShellCommand[] {
    return nest(() => readList(true)) ?? [];
  }

  /** Reads to the end; what is nested, up to `)`. */
  function readList(isNested: boolean): readonly ShellCommand[] {
    const commands: ShellCommand[] = [];
    const documents: (() => void)[] = [];
    let command = newCommand(++pipelines);
    let word: Part[] | undefined;
    let redirect = '';

    function append(part: Part): void {
      (word ??= []).push(part);
    }
    function endWord(): void {
      if (word === undefined) return;
      const ended = joinTexts(word);
      const { words, outputs, inputs, text: given } = command;
      const tabs = redirect === '<<-' ? /^\t+/ : /^/;
      if (redirect === '') words.push(ended);
      else if (redirect === '<<<') for (const part of [...ended, '\n']) given.push(part);
      else if (redirect.startsWith('<<')) documents.push(() => given.push(readDocument(written(ended), tabs)));
      else (redirect.startsWith('>') ? outputs : inputs).push(ended);
      word = undefined;
      redirect = '';
    }
    function endCommand(isPiped = false): void {
      endWord();
      redirect = '';
      if (command.words.length > 0 || command.nested.length > 0) commands.push(command);
      command = newCommand(isPiped ? command.pipeline : ++pipelines);
    }

    for (let token = take(tokens); token !== ''; token = take(tokens)) {
      switch (token) {
        case '\n':
          endCommand();
          for (const read of documents.splice(0)) read();
          break;
        case ';': case '||': endCommand(); break;
        case '|': case '|&': endCommand(true); break;
        case '&':
          if (text[at] === '>') endWord();
          else endCommand();
          break;
        case '#':
          if (word === undefined) take(/[^\n]*/y);
          else append(token);
          break;
        case '()':
          // Opens a function, whose body follows.
          endWord();
          command.isFunction = true;
          endCommand();
          break;
        case '(':
          endWord();
          for (const each of nestedCommands()) command.nested.push(each);
          break;
        case ')':
          endCommand();
          if (isNested) return commands;
          break;
        case '<(': case '>(':
          append({ commands: nestedCommands() });
          endWord();
          break;
        case '"':
          append('');
          readQuoted('"').forEach(append);
          break;
        case '`': case '$': append(readExpansion(token, false)); break;
        // A backslash at the end of a line joins the lines.
        case '\\\n': break;
        default:
          if (/^[<>]/.test(token)) {
            // `2>` names a stream; it is no word of the command.
            if (word?.every((part) => typeof part === 'string' && /^\d+$/.test(part))) word = undefined;
            endWord();
            redirect = token;
          } else if (/^[ \t\r]/.test(token)) {
            endWord();
          } else {
            append(token.startsWith('\\') ? token.slice(1) : token.startsWith('\'') ? token.split('\'')[1] : token);
          }
      }
    }
    endCommand();
    return commands;
  }

  /** Reads up to a double quote, or up to the `}` of `${…}`. */
  function readQuoted(end: '"' | '}'): Word {
    const parts: Part[] = [];
    for (let token = take(quotedTokens); token !== '' && token !== end; token = take(quotedTokens)) {
      if (token === '$' || token === '`') parts.push(readExpansion(token, true));
      else if (token !== '"' && token !== '\\\n') parts.push(token.replace(/^\\(?=[$`"\\])/, ''));
    }
    return joinTexts(parts);
  }

  /** What a dollar sign or a backquote begins. */
  function readExpansion(start: '$' | '`', isQuoted: boolean): Part {
    if (start === '`') {
      const inner = take(/(?:\\[^]?|[^`\\]+)*/y).replace(/\\([`$\\])/g, '$1');
      take(/`/y);
      const commands = readShell(inner, level + 1);
      isTooDeep ||= commands === undefined;
      return { commands: commands ?? [] };
    }
    if (take(/\(/y) !== '') return { commands: nestedCommands() };
    const brace = take(/\{(?=[\w@*#?!])/y);
    const variable = take(/[A-Za-z_]\w*|[@*#?!\d]/y);
    if (variable === '') return isQuoted || (text[at] !== '\'' && text[at] !== '"') ? '$' : '';
    if (brace === '') return { variable, isQuoted };
    // What is cut away or put in place of something is not computed: `${NAME#…}` is taken for `$NAME`.
    const operator = take(/(?:\[[@*]\])?:?[-=]?/y);
    const rest = nest(() => readQuoted('}'));
    return { variable, isQuoted, ...(/[-=]$/.test(operator) ? { otherwise: rest } : {}) };
  }

  function readDocument(end: string, tabs: RegExp): string {
    let body = '';
    for (let line = take(/[^\n]*\n?/y); line !== ''; line = take(/[^\n]*\n?/y)) {
      if (line.replace(tabs, '').replace('\n', '') === end) break;
      body += line;
    }
    return body;
  }

  const result = readList(false);
  return isTooDeep ? undefined : result;
}
