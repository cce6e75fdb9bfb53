import { markup } from '../markup';

/** Markup that is finished: it goes into a page as it is. Only `html` and constants of this room make it, never a value. */
export interface Html {
  readonly html: string;
}

type HtmlPart = string | number | Html | readonly Html[];

/** A template that escapes: text becomes text whatever it holds, and only what `html` itself made is taken for markup. */
export function html(literals: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { html: literals.map((literal, index) => (index === 0 ? '' : render(parts[index - 1])) + literal).join('') };
}

export const nothing: Html = { html: '' };

function render(part: HtmlPart): string {
  if (typeof part === 'string') return markup(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map((item) => item.html).join('\n');
}
