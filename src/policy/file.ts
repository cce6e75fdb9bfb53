import { invalidPolicy } from './error';
import { howToHandInRules } from './own-rules';
import { Policy as PolicyShape } from './policy';
import { validatePolicy } from './validate';
import { readText } from '../files/read';
import { Rule } from '../rules/rule';
import { isObject } from '../shape/json';

/** A policy is written by hand; more than this is a mistake or an attack. */
const limit = 1024 * 1024;

/** What a platform team allows, as plain data; see the fields. */
export type Policy = PolicyShape;

/** Reads policies. */
export const Policy = {
  /**
   * Reads a policy from a YAML or JSON file such as `hardened.yaml`; its schema is `cdk8s-hardened/schema/policy.schema.json`.
   *
   * Read as Kubernetes reads manifests, so that `no` without quotes is a boolean; one document, UTF-8, at most 1 MiB. Aliases and merge
   * keys are refused.
   * Guaranteed: what it returns is valid. Not guaranteed: that its registries exist.
   *
   * @param rules rules of your own, which a file cannot hold, but may exempt from
   * @throws PolicyError `invalid-policy`, naming the file and every key that is wrong
   */
  fromFile(path: string, rules?: readonly Rule[]): Policy {
    return readPolicyFile(path, rules);
  },

  /**
   * Reads a policy from the text of such a file.
   *
   * @param where what messages call it @default 'policy'
   * @throws PolicyError `invalid-policy`
   */
  parse(text: string, where = 'policy', rules?: readonly Rule[]): Policy {
    return parsePolicy(text, where, rules);
  },
};

/**
 * @param rules `any` for what judges nothing: the file may then exempt from rules of which nobody knows here
 * @throws PolicyError `invalid-policy`
 */
export function readPolicyFile(path: string, rules?: readonly Rule[] | 'any'): Policy {
  return parsePolicy(readBounded(path), path, rules);
}

function parsePolicy(text: string, where: string, rules: readonly Rule[] | 'any' | undefined): Policy {
  const value = readYaml(text, where);
  if (isObject(value) && 'rules' in value) throw invalidPolicy(where, `rules must not be in a file: they are functions, and handed in by ${howToHandInRules}`);
  const isWithRules = typeof rules === 'object' && isObject(value);
  const policy = isWithRules ? { ...value, rules } : value;
  validatePolicy(policy, where, rules === 'any' ? 'any' : undefined);
  return policy as Policy;
}

function readBounded(path: string): string {
  const read = readText(path, limit, ', which no policy needs');
  if ('text' in read) return read.text;
  const { line, message } = read.error;
  throw invalidPolicy(line === undefined ? path : `${path}:${line}`, message);
}

function readYaml(text: string, where: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- many apps have no such file, and the YAML reader loads slowly.
  const { readPolicyYaml } = require('./read-yaml') as typeof import('./read-yaml');
  return readPolicyYaml(text, where);
}
