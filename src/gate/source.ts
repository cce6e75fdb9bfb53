import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IConstruct } from 'constructs';

/** The frames between a constructor and the author's line: subclasses and factories in other packages. */
const frames = 8;

const stacks = new WeakMap<IConstruct, { readonly stack?: string }>();

/**
 * Remembers where the author made a construct. Cheap: the engine formats the stack only when it is read.
 *
 * @param skip the constructor that calls; it and the frames above it are left out
 */
export function recordSource(construct: IConstruct, skip: Function): void {
  const holder: { readonly stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  Error.captureStackTrace(holder, skip);
  Error.stackTraceLimit = limit;
  stacks.set(construct, holder);
}

/** `file:line` of the author's code that made the construct or the nearest one around it, or `undefined` where none was recorded. */
export function sourceOf(construct: IConstruct): string | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const holder = stacks.get(scope);
    if (holder !== undefined) return firstOwnFrame(holder.stack ?? '');
  }
  return undefined;
}

/** Frames of packages and of Node itself are not the author's. */
function firstOwnFrame(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    const match = /(?:\(|at (?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):(\d+):\d+\)?$/.exec(line);
    if (match === null || /[\\/]node_modules[\\/]/.test(match[1])) continue;
    const file = match[1].startsWith('file://') ? fileURLToPath(match[1]) : match[1];
    const fromHere = relative(process.cwd(), file);
    return `${fromHere.startsWith('..') ? file : fromHere}:${match[2]}`;
  }
  return undefined;
}
