import { load, type YAMLException } from 'js-yaml';
import { PolicyError } from './error';
import { Policy as PolicyShape } from './policy';
import { validatePolicy } from './validate';
import { readText } from '../files/read';
import { Rule } from '../rules/rule';
import { isObject } from '../shape/json';
import { quoted } from '../text/text';

/** A policy is written by hand; more than this is a mistake or an attack. */
const limit = 1024 * 1024;

/** What a platform team allows, as plain data; see the fields. */
export type Policy = PolicyShape;

/** Reads policies. */
export const Policy = {
  /**
   * Reads a policy from a YAML or JSON file such as `hardened.yaml`; its schema is `cdk8s-hardened/schema/policy.schema.json`.
   *
   * YAML 1.2 without aliases, merge keys and tags of its own; one document, UTF-8, at most 1 MiB.
   * Guaranteed: what it returns is valid. Not guaranteed: that its registries exist.
   *
   * @param rules rules of your own, which a file cannot hold, but may exempt from
   * @throws PolicyError `invalid-policy`, naming the file and every key that is wrong
   */
  fromFile(path: string, rules?: readonly Rule[]): Policy {
    return Policy.parse(readBounded(path), path, rules);
  },

  /**
   * Reads a policy from the text of such a file.
   *
   * @param where what messages call it @default 'policy'
   * @throws PolicyError `invalid-policy`
   */
  parse(text: string, where = 'policy', rules?: readonly Rule[]): Policy {
    const value = parseYaml(text, where);
    if (isObject(value) && 'rules' in value) throw invalid(where, 'rules must not be in a file: they are functions, and made in TypeScript');
    const policy = rules === undefined || !isObject(value) ? value : { ...value, rules };
    validatePolicy(policy, where);
    return policy as Policy;
  },
};

function readBounded(path: string): string {
  const read = readText(path, limit, ', which no policy needs');
  if ('text' in read) return read.text;
  const { line, message } = read.error;
  throw invalid(line === undefined ? path : `${path}:${line}`, message);
}

/** Readers of Kubernetes end a document there, and those of YAML do not. */
const strangeMarker = /^---(?!(?:[ \t]+(?:#.*)?)?\r?$)/m;

function parseYaml(text: string, where: string): unknown {
  const strange = text.search(strangeMarker);
  if (strange !== -1) {
    throw invalid(`${where}:${text.slice(0, strange).split('\n').length}`, 'a line that begins with "---" must have nothing but a comment behind it, after a space');
  }
  try {
    // Written by hand, so deep nesting and aliases are no use, and a few lines with them unfold to gigabytes.
    return load(text, { maxDepth: 50, maxAliases: 0 });
  } catch (error) {
    const { reason, mark } = error as YAMLException;
    const problem = reason.includes('maxAliases') ? 'must not have aliases, write the value out' : `cannot be read as YAML: ${quoted(reason)}`;
    // It has no mark where it is about the whole text.
    throw invalid(mark ? `${where}:${mark.line + 1}` : where, problem);
  }
}

function invalid(where: string, problem: string): PolicyError {
  return new PolicyError('invalid-policy', `${where}: ${problem}`);
}
