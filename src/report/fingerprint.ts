import { createHash } from 'node:crypto';
import { Finding } from '../policy/verdict';

/**
 * For each finding a text that stays the same while lines, documents and indexes move and messages are reworded, so that a tool
 * that follows findings from run to run knows them again.
 *
 * Made of the rule, the object (and the construct, or else the file), the container, the fields of the pointer without its indexes, and
 * the detail: what was dismissed for one host path is not dismissed for another. Findings that share all of it are numbered in their
 * order; of those, a new one in front shifts the others.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const hash = createHash('sha256').update(JSON.stringify(identity(finding))).digest('hex').slice(0, 32);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  });
}

function identity({ rule, construct, file, resource, container, pointer, detail }: Finding): readonly unknown[] {
  const { kind, namespace, name } = resource;
  const field = pointer.replace(/\/\d+(?=\/|$)/g, '/*');
  const place = [construct ?? null, construct === undefined ? file : null, kind, namespace, name, container, field];
  return [rule, ...place, ...detail === undefined ? [] : [detail]];
}
