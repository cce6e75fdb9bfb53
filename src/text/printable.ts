import { codeUnits, withoutCommands } from './pipeline-commands';

/**
 * Controls, what reorders or hides text, and what is no character at all. Any of them could make a terminal show
 * what is not there.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const longest = 1000;
const replacement = '\ufffd';

/**
 * A text as one safe line: what is invisible is written as an escape (`\n`, `\u001b`), so is what begins a command
 * to a pipeline (`\u0023#[`), and what is longer than `limit` ends in `…`.
 *
 * Every text that did not come from the report's own source passes through this before it reaches a terminal or a log.
 */
export function printable(text: string, limit = longest): string {
  return withoutCommands(visible(text, limit));
}

/** The same for a format that has escapes of its own for what begins a command. */
export function visible(text: string, limit = longest): string {
  // Cut first: the work stays bounded even for a value of megabytes.
  const shown = text.length > limit ? text.slice(0, limit - 1) + '…' : text;
  return shown.replace(invisible, escaped);
}

/**
 * Lines that belong together by their columns (a caret under a value): what is invisible, and what begins a command to a pipeline,
 * becomes one visible character.
 */
export function printableLines(text: string): readonly string[] {
  return text.split('\n').map((line) => {
    const shown = line.slice(0, longest).replace(/\t/g, ' ').replace(/\r$/, '').replace(invisible, replacement);
    return withoutCommands(shown, () => replacement);
  });
}

/** JSON whose escapes also cover what a terminal, or a pipeline, would act on; it parses to the very same value. */
export function printableJson(value: unknown): string {
  return withoutCommands(JSON.stringify(value, undefined, 2).replace(/[\p{Cf}\p{Co}\p{Zl}\p{Zp}\x7f-\x9f]/gu, codeUnits));
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  return codeUnits(character);
}
