import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidPolicy } from '../policy/error';
import { validatePolicy } from '../policy/validate';
import { Rule } from '../rules/rule';
import { isObject, kindOf } from '../shape/json';
import { quotedUpTo } from '../text/text';

const whatToWrite = 'it must export a list of rules: `module.exports = [teamLabel]` or `export default [teamLabel]`';
const howToCompile = "; compile it with tsc and name the .js file, or set NODE_OPTIONS='--require ts-node/register'";

/**
 * The rules of one's own that a JavaScript module exports, as a list. The module is run, and may do what the user may do: so its name
 * comes from a command line or from `cdk8s.yaml`, and never from a policy.
 *
 * @param file CommonJS, or an ES module without `await` at its top level; from the current folder
 * @throws PolicyError `invalid-policy`, naming the file, where it throws, exports no rule, or something that is none
 */
export function readRules(file: string): readonly Rule[] {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw invalidPolicy(file, 'there is no such file of rules');
  const exported = judgedToTheEnd(() => load(file));
  const rules = Array.isArray(exported) ? exported : defaultOf(exported);
  if (!Array.isArray(rules)) throw invalidPolicy(file, `exports no list; ${whatToWrite}`);
  // Who names a file of rules and is judged by none of them would be told that all is well.
  if (rules.length === 0) throw invalidPolicy(file, `exports no rule; ${whatToWrite}`);
  validatePolicy({ rules }, file);
  return rules as readonly Rule[];
}

/**
 * Does work that runs code of others. Where that ends the process, the exit status is 2: nobody has judged to the end.
 */
export function judgedToTheEnd<Result>(work: () => Result): Result {
  const onExit = () => {
    process.exitCode = 2;
  };
  process.once('exit', onExit);
  try {
    return work();
  } finally {
    process.removeListener('exit', onExit);
  }
}

function load(file: string): unknown {
  const path = resolve(file);
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which module it is, is known only now.
    return require(path);
  } catch (error) {
    const hint = /\.[cm]?ts$/.test(file) && isObject(error) && error.name === 'SyntaxError' ? howToCompile : '';
    throw invalidPolicy(`${file}${lineIn(path, error)}`, `cannot be loaded: ${messageOf(error)}${hint}`);
  }
}

/** Of an ES module, and of one that TypeScript made a CommonJS module of. */
function defaultOf(exported: unknown): unknown {
  return typeof exported === 'object' && exported !== null && 'default' in exported ? exported.default : undefined;
}

/** The first line of the file that the engine names, as `:3`. */
function lineIn(path: string, error: unknown): string {
  const stack = isObject(error) ? String(error.stack) : '';
  const at = stack.indexOf(`${path}:`);
  return at === -1 ? '' : /^:\d*/.exec(stack.slice(at + path.length))![0];
}

/** Of loaders too, whose errors are none of the engine's. */
function messageOf(error: unknown): string {
  return isObject(error) && 'message' in error ? quotedUpTo(200, `${String(error.name)}: ${String(error.message)}`) : `it throws ${kindOf(error)}`;
}
