/** What a rule refuses and what it accepts, in YAML: some lines of a pod spec. What a rule does not speak of is left out. */
export interface Example {
  readonly bad: string;
  readonly good: string;
  /** Whether they are whole objects, for a rule that is about no pod. */
  readonly isWhole?: boolean;
}

/** A template literal without its indentation and its outer line ends, so that YAML can stand indented in the source. */
export function yaml(parts: TemplateStringsArray): string {
  const lines = parts.join('').split('\n').slice(1, -1);
  const indent = lines[0].search(/\S/);
  return lines.map((line) => line.slice(indent)).join('\n') + '\n';
}
