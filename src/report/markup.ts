import { withoutCommands } from '../text/pipeline-commands';
import { visible } from '../text/printable';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/**
 * Text for XML and HTML, in an element or in a quoted attribute.
 *
 * What XML 1.0 (section 2.2) has no way to write is shown as an escape such as `\u0000`; what begins a command to a pipeline is
 * written as a reference, `&#35;`.
 */
export function markup(text: string, limit?: number): string {
  const escaped = visible(text, limit).replace(/[&<>"']/g, (character) => entities[character]);
  return withoutCommands(escaped, (character) => `&#${character.charCodeAt(0)};`);
}
