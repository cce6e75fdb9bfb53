import { Resource } from '../manifest/pod';
import { Origin } from '../policy/verdict';
import { printable } from '../text/printable';

/** A file, or a place in one. Not made safe: each format escapes in its own way. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** The TypeScript that made it, where that is known; otherwise the file it was read from. */
export function placeOf(origin: Origin & { readonly line?: number }): Place | undefined {
  return sourcePlace(origin) ?? filePlace(origin);
}

export function sourcePlace(origin: Origin): Place | undefined {
  if (origin.source === undefined) return undefined;
  // From the last colons: a path may have colons itself. A column, where there is one, is not needed.
  const match = /^(.+?)(?::(\d{1,9}))(?::\d{1,9})?$/s.exec(origin.source);
  const line = match ? Number(match[2]) : 0;
  return match && line > 0 ? { file: match[1], line } : { file: origin.source };
}

export function filePlace(origin: { readonly file?: string; readonly line?: number }): Place | undefined {
  if (origin.file === undefined) return undefined;
  return origin.line === undefined ? { file: origin.file } : { file: origin.file, line: origin.line };
}

/** `file:line` for a person. */
export function placeText(place: Place): string {
  return printable(place.file) + (place.line === undefined ? '' : `:${place.line}`);
}

/** `Deployment web in namespace shop`. */
export function resourceText({ kind, name, namespace }: Resource): string {
  const named = name === undefined || name === '' ? 'without a name' : printable(name, 253);
  return `${kind === '' ? 'object' : printable(kind, 253)} ${named}${namespace ? ` in namespace ${printable(namespace, 253)}` : ''}`;
}

/** What a person calls it: the construct that they wrote, otherwise the object. */
export function titleOf(origin: Origin & { readonly resource: Resource }): string {
  return origin.construct ? printable(origin.construct) : resourceText(origin.resource);
}

