import { deepestNesting, ShellCommand } from './shell-command';

interface OpenCommand {
  words: string[];
  outputs: string[];
  input: string;
  pipeline: number;
  nested: ShellCommand[];
}

function enterNested(command: OpenCommand, commands: readonly ShellCommand[]): void {
  for (const each of commands) command.nested.push(each);
}

/** Redirections, each before those that it begins with. */
const redirects = ['<<<', '<<-', '<<', '<&', '<>', '<', '>>', '>&', '>|', '>'] as const;
type Redirect = (typeof redirects)[number];

/**
 * The simple commands of a shell script in order, or `undefined` where it nests too deeply to be read.
 *
 * It knows quotes, comments, here-documents, pipelines, subshells and substitutions of POSIX shells and bash. It expands
 * nothing, and keywords such as `then` stand as words. Any text is read, also one that no shell would take; each
 * character is looked at once for each level of backquotes around it.
 */
export function parseShell(text: string, depth = 0): readonly ShellCommand[] | undefined {
  if (depth > deepestNesting) return undefined;
  let at = 0;
  let pipelines = 0;
  let isTooDeep = false;

  /** Reads up to `)` or to the end; a subshell is an own list. */
  function readList(level: number): ShellCommand[] {
    const commands: ShellCommand[] = [];
    const documents: { readonly command: OpenCommand; readonly end: string; readonly tabs: boolean }[] = [];
    let command = open();
    let word: string | undefined;
    let redirect: Redirect | undefined;

    function open(pipeline = ++pipelines): OpenCommand {
      return { words: [], outputs: [], input: '', pipeline, nested: [] };
    }
    function append(more: string): void {
      word = (word ?? '') + more;
    }
    function endWord(): void {
      if (word === undefined) return;
      if (redirect === undefined) command.words.push(word);
      else if (redirect === '<<' || redirect === '<<-') documents.push({ command, end: word, tabs: redirect === '<<-' });
      else if (redirect === '<<<') command.input += word + '\n';
      else if (redirect.startsWith('>')) command.outputs.push(word);
      word = redirect = undefined;
    }
    function endCommand(isPiped: boolean): void {
      endWord();
      redirect = undefined;
      if (command.words.length > 0 || command.nested.length > 0) commands.push(command);
      command = open(isPiped ? command.pipeline : undefined);
    }
    function substitute(): void {
      append('$()');
      enterNested(command, nest(level));
    }
    function readRedirect(): void {
      // `2>` and `&>` name a stream; they are no word of the command.
      if (word !== undefined && /^\d+$/.test(word)) word = undefined;
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
          for (const document of documents.splice(0)) document.command.input += readDocument(document.end, document.tabs);
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
          if (next === ')') { at += 2; endCommand(false); } else { endWord(); at++; enterNested(command, nest(level)); }
          break;
        case ')':
          at++;
          endCommand(false);
          if (level > 0) return commands;
          break;
        case '<': case '>':
          if (next === '(') { at += 2; substitute(); endWord(); } else { readRedirect(); }
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
        case '"': at++; append(readQuoted(command, level)); break;
        case '`': append('$()'); enterNested(command, readBackquoted(level)); break;
        case '$':
          if (next === '(') { at += 2; substitute(); } else { append(character); at++; }
          break;
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
    if (level + 1 > deepestNesting - depth) {
      isTooDeep = true;
      at = text.length;
      return [];
    }
    return readList(level + 1);
  }

  function readQuoted(command: OpenCommand, level: number): string {
    let result = '';
    while (at < text.length && text[at] !== '"') {
      const next = text[at + 1];
      if (text[at] === '\\') {
        if (next !== '\n') result += (next !== undefined && '$`"\\'.includes(next) ? '' : '\\') + (next ?? '');
        at += 2;
      } else if (text[at] === '$' && next === '(') {
        at += 2;
        result += '$()';
        enterNested(command, nest(level));
      } else if (text[at] === '`') {
        result += '$()';
        enterNested(command, readBackquoted(level));
      } else {
        result += text[at++];
      }
    }
    at++;
    return result;
  }

  function readBackquoted(level: number): readonly ShellCommand[] {
    const from = ++at;
    while (at < text.length && text[at] !== '`') at += text[at] === '\\' ? 2 : 1;
    const inner = text.slice(from, at++).replace(/\\([`$\\])/g, '$1');
    const commands = parseShell(inner, depth + level + 1);
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

/** Letters, digits and everything else that means nothing to a shell. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 45 && code <= 58) || (code >= 64 && code <= 90) || code === 95 || code > 127;
}
