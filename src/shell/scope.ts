import { isAssignment, ShellCommand, Word } from './command';

/** Begins the value of a substitution that fetches; what was fetched it with follows. No word of a command line can hold it. */
export const fetchedMark = '\0';

/** What a text knows when it comes to a command: the variables that it has set, and its arguments, `$0` first. */
export interface Scope {
  readonly variables: Map<string, string>;
  positional: readonly string[] | undefined;
  /** Searches the commands of a substitution, and tells what their output is to be taken for. */
  readonly run: (commands: readonly ShellCommand[]) => string;
  /** Searches a text that is run as commands. */
  readonly runText: (script: string) => void;
  /** Pays for so many characters; from `false` on, there is nothing to spend. */
  readonly spend: (characters: number) => boolean;
}

/** The words that a word stands for. A variable that the text does not set stays as it is written. */
function expand(word: Word, scope: Scope, isSplit = true): readonly string[] {
  const fields: string[] = [];
  let current: string | undefined;
  for (const part of word) {
    if (typeof part === 'string') {
      current = (current ?? '') + part;
    } else if ('commands' in part) {
      current = (current ?? '') + scope.run(part.commands);
    } else {
      const { variable, isQuoted } = part;
      const list = variable === '@' || variable === '*' ? scope.positional?.slice(1) : undefined;
      const value = list === undefined ? valueOf(variable, scope) ?? (part.otherwise && text(part.otherwise, scope)) ?? `$${variable}` : '';
      if (!scope.spend(list?.reduce((length, each) => length + each.length + 1, 0) ?? value.length)) return [];
      const isWhole = !isSplit || isQuoted && variable !== '@' || value.startsWith(fetchedMark);
      const pieces = isWhole ? [list?.join(' ') ?? value] : list ?? value.split(/\s+/).filter((piece) => piece !== '');
      for (const [index, piece] of pieces.entries()) {
        if (index > 0 && current !== undefined) fields.push(current);
        current = index > 0 ? piece : (current ?? '') + piece;
      }
    }
  }
  if (current !== undefined) fields.push(current);
  return fields;
}

/** The words of a command, with the variables that it sets taken note of. */
export function wordsOf(command: ShellCommand, scope: Scope): readonly string[] {
  const words: string[] = [];
  let isLead = true;
  for (const word of command.words) {
    if (isLead && typeof word[0] === 'string' && isAssignment(word[0])) {
      const assignment = text(word, scope);
      const [left] = assignment.split('=', 1);
      const variable = left.replace('+', '');
      const before = variable === left ? '' : scope.variables.get(variable) ?? '';
      scope.variables.set(variable, before + assignment.slice(left.length + 1));
      words.push(assignment);
    } else {
      const [part] = word;
      const value = isLead && word.length === 1 && typeof part === 'object' && 'variable' in part ? scope.variables.get(part.variable) : undefined;
      // The values of a loop, each of which is a command.
      if (value?.includes('\n') === true && !value.includes(fetchedMark)) scope.runText(value);
      const fields = expand(word, scope);
      for (const field of fields) words.push(field);
      isLead &&= fields.every((field) => /^(?:-|(?:then|do|else|if|while|until|!|\{|export|local|readonly|declare|typeset|env)$)/.test(field));
    }
  }
  scope.spend(words.reduce((length, word) => length + word.length + 1, 0));
  return words;
}

/** The one text that a word stands for. */
export function text(word: Word, scope: Scope): string {
  return expand(word, scope, false)[0] ?? '';
}

function valueOf(variable: string, { variables, positional }: Scope): string | undefined {
  return /^\d$/.test(variable) ? positional && (positional[Number(variable)] ?? '') : variables.get(variable);
}
