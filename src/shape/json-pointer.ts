import { get, isObject } from './json';

/** The segments of a JSON pointer (RFC 6901). */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** What a pointer names in a JSON value; `undefined` where there is nothing. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value: unknown = document;
  for (const segment of segmentsOf(pointer)) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isObject(value)) value = get(value, segment);
    else return undefined;
  }
  return value;
}
