import { Include, Yaml } from 'cdk8s';
import { IConstruct } from 'constructs';
import { readSource } from './load-source';
import { unjudged } from './snapshot';
import { InputError } from '../files/read';
import { PolicyError } from '../policy/error';
import type { Json } from '../shape/json';

/** How many problems a message lists. */
const most = 10;

/**
 * Has `Yaml.load`, by which `Include`, `Helm` and libraries read manifests, read them as Kubernetes does, or refuse the whole file.
 *
 * By itself it passes over what does not parse, also over a link to a file and the rest of a download that breaks off, and reads some
 * scalars otherwise. It does not know for which tree it reads, so this holds for all that the process reads from now on.
 */
export function guardLoad(): void {
  Yaml.load = load;
}

function load(urlOrFile: string): unknown[] {
  const source = readSource(urlOrFile);
  if ('error' in source) throw refused([source.error]);
  const { file } = source;
  // Loaded when the first file is: reading YAML takes longer to load than the gate.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { documentsOf, isInputError } = require('../yaml/documents') as typeof import('../yaml/documents');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { lossesIn } = require('./load-losses') as typeof import('./load-losses');
  const values: Json[] = [];
  const errors: InputError[] = [];
  for (const item of documentsOf(source.text, file)) {
    if (isInputError(item)) {
      errors.push(item);
      continue;
    }
    for (const loss of lossesIn(item)) errors.push({ file, ...loss });
    if (!isEmpty(item.value)) values.push(item.value);
  }
  if (errors.length > 0) throw refused(errors);
  return values;
}

/** As cdk8s has it. */
function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function refused(errors: readonly InputError[]): PolicyError {
  const lines = errors.slice(0, most).map(({ file, line, message }) => `  ${line === undefined ? file : `${file}:${line}`}: ${message}`);
  if (errors.length > most) lines.push('  and more');
  return new PolicyError('unjudged', `${errors[0].file} is not loaded, because part of it would be lost or changed\n${lines.join('\n')}`);
}

const rtti = Symbol.for('jsii.rtti');

/**
 * Refuses an `Include` of another copy of cdk8s, whose `Yaml.load` is not this one.
 *
 * @throws PolicyError `unjudged`
 */
export function refuseUnguardedInclude(construct: IConstruct): void {
  if (construct instanceof Include) return;
  for (let made: unknown = construct.constructor; typeof made === 'function'; made = Object.getPrototypeOf(made)) {
    const { fqn } = (Reflect.get(made, rtti) ?? {}) as { readonly fqn?: unknown };
    if (fqn === 'cdk8s.Include') {
      throw unjudged(construct, 'a second copy of cdk8s has read it, which passes over what it cannot parse; "npm ls cdk8s" shows the copies, "npm dedupe" leaves one');
    }
  }
}
