/** What to say besides of a text that cannot be read: the template of a chart is no YAML before it is rendered. */
export function templateHint(text: string): string {
  return text.includes('{{') ? '; a template ("{{") must be rendered first' : '';
}
