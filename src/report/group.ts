import { Resource } from '../manifest/pod';
import { Finding, Origin } from '../policy/verdict';
import { severities, Severity } from '../rules/rule';

/** Items that belong together; there is always at least one. */
export type Group<T> = readonly [T, ...T[]];

/** The items by key, each key where it first appears: the order of the input is the order of the report. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Tells one object from every other of a verdict, also from its namesake in another file. */
export function resourceKey({ construct, file, document, resource }: Origin & { readonly resource: Resource }): string {
  return JSON.stringify([construct, file, document, resource.apiVersion, resource.kind, resource.namespace, resource.name]);
}

/** The findings of each object together. */
export function byResource<F extends Finding>(findings: readonly F[]): readonly Group<F>[] {
  return groupBy(findings, resourceKey);
}

/** 0 for what is gravest. */
export function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The findings of the gravest rules first, those of one severity in the order of the verdict. */
export function gravestFirst<F extends Finding>(findings: readonly F[]): readonly F[] {
  return [...findings].sort((a, b) => rank(a.severity) - rank(b.severity));
}

/** The rules with the most findings first; equals by name, so that two runs give the same report. */
export function worstFirst(rules: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(rules).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
