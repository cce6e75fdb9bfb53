/** What is nested deeper than this, no person wrote. */
export const deepestNesting = 20;

/** A simple command of a shell script, as far as a rule needs to see it. */
export interface ShellCommand {
  /** Its words after quotes are removed; a substitution stands as `$()`, a variable as it is written. */
  readonly words: readonly string[];
  /** The files that it writes its output to. */
  readonly outputs: readonly string[];
  /** The text of its here-documents and here-strings. */
  readonly input: string;
  /** Commands of one pipeline have the same number, and stand in order. */
  readonly pipeline: number;
  /** The commands of its substitutions and subshells. */
  readonly nested: readonly ShellCommand[];
}
