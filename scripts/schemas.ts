import { join } from 'node:path';
import { lockDescription } from '../src/lock/description';
import { policyDescription } from '../src/policy/description';
import { jsonSchemaOf } from '../src/shape/json-schema';

/** What each published schema should say, by its path: the same descriptions that the library reads policies and locks by. */
export function schemaFiles(root: string): ReadonlyMap<string, string> {
  const schemas = {
    'policy.schema.json': jsonSchemaOf(policyDescription(), 'urn:cdk8s-hardened:policy'),
    'lock.schema.json': jsonSchemaOf(lockDescription, 'urn:cdk8s-hardened:lock'),
  };
  return new Map(Object.entries(schemas).map(([name, schema]) => [join(root, 'schema', name), `${JSON.stringify(schema, undefined, 2)}\n`]));
}
