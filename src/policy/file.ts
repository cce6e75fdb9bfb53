import { readFileSync } from 'node:fs';
import { load, type YAMLException } from 'js-yaml';
import { PolicyError } from './error';
import { Policy as PolicyShape } from './policy';
import { validatePolicy } from './validate';

/** A policy is written by hand; more than this is a mistake or an attack. */
const limit = 1024 * 1024;

export type Policy = PolicyShape;

export const Policy = {
  /**
   * Reads a policy from a YAML or JSON file such as `hardened.yaml`; its schema is `cdk8s-hardened/schema/policy.schema.json`.
   *
   * Guaranteed: what it returns is valid. Not guaranteed: that its registries exist.
   *
   * @throws PolicyError `invalid-policy`, naming the file and every key that is wrong
   */
  fromFile(path: string): Policy {
    return Policy.parse(readBounded(path), path);
  },

  /**
   * Reads a policy from the text of such a file.
   *
   * @param where what messages call it @default 'policy'
   * @throws PolicyError `invalid-policy`
   */
  parse(text: string, where = 'policy'): Policy {
    const value = parseYaml(text, where);
    validatePolicy(value, where);
    return value as Policy;
  },
};

function readBounded(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw invalid(path, `cannot be read: ${(error as Error).message}`);
  }
  if (bytes.length > limit) throw invalid(path, `is larger than ${limit} bytes, which no policy needs`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid(path, 'is not UTF-8 text');
  }
}

function parseYaml(text: string, where: string): unknown {
  try {
    return load(text, { maxDepth: 50, maxAliases: 0 });
  } catch (error) {
    // What it throws besides YAMLException has a message only.
    const { reason, mark, message } = error as YAMLException;
    throw invalid(mark ? `${where}:${mark.line + 1}` : where, `is not a YAML document: ${reason ?? message}`);
  }
}

function invalid(where: string, problem: string): PolicyError {
  return new PolicyError('invalid-policy', `${where}: ${problem}`);
}
