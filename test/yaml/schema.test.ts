import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../support/documents';

/**
 * What Kubernetes reads: each YAML text with the JSON that `YAMLToJSON` of sigs.k8s.io/yaml 1.6.0 made of it. A Go program of ten
 * lines printed the table; it is data, not a description of this code.
 */
const facts = JSON.parse(readFileSync(join(__dirname, 'kubernetes-yaml.json'), 'utf8')) as readonly (readonly [string, unknown])[];

test.each(facts)('%j is read as Kubernetes reads it', (text, expected) => {
  const { documents, errors } = readDocuments(text, 'a.yaml');
  expect(errors).toEqual([]);
  // Keys such as __proto__ are compared as text.
  expect(sorted(documents[0].value)).toBe(sorted(expected));
});

function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  return `{${Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1).map(([key, item]) => `${key}:${sorted(item)}`).join()}}`;
}

/** Of keys that are numbers, only those are read whose name does not depend on how Go writes one. */
test.each(['1e10: a', '10000000.0: a', '!!float 1e7: a', '? 1e10\n: a', '-0.0: a', '{1e10: a}'])('the key of %s is refused', (text) => {
  expect(readDocuments(text, 'a.yaml').errors.map(({ message }) => message)).toEqual(['a key that is a number must be in quotes']);
});

test.each([['a: 0b+1', 1], ['a: 0b-11', -3], ['a: -0b+1', '-0b+1'], ['a: 0B+1', '0B+1']])('%s is read as Go reads a sign behind 0b', (text, a) => {
  expect(readDocuments(text, 'a.yaml').documents[0].value).toEqual({ a });
});

test.each(['.inf', '-.Inf', '.nan', '!!float .NaN', 'a: .inf', '- .nan', '{a: .inf}'])('%s has no form in JSON and is refused, as Kubernetes does', (text) => {
  expect(readDocuments(text, 'a.yaml').errors).toMatchObject([{ line: 1, message: expect.stringContaining('infinity and not-a-number') as string }]);
});

test.each(['!!int ""', '!!int 1.5', '!!int abc', '!!bool 1', '!!null abc', '!!timestamp abc', '!!binary abc', '!!float x'])(
  'a: %s is refused, as Kubernetes does', (scalar) => {
    expect(readDocuments(`a: ${scalar}\n`, 'a.yaml').errors).toHaveLength(1);
  });
