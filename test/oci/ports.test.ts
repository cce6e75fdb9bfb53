import { parseConfig } from '../../src/oci/config';
import { portRanges } from '../../src/oci/ports';

test.each([
  [[], []],
  [['8080/tcp'], ['8080/tcp']],
  [['10000/tcp', '9999/tcp', '80'], ['80/tcp', '9999/tcp', '10000/tcp']],
  [['9/udp', '7/tcp', '8/tcp', '9/tcp', '8/udp'], ['7-9/tcp', '8/udp', '9/udp']],
  [['2/tcp', '3/tcp', '1/tcp', '5/tcp', '1'], ['1-3/tcp', '5/tcp']],
  [['x', '1/tcp/udp', '123456/tcp', '1/TCP', '80-90/tcp', ''], ['', '1/TCP', '1/tcp/udp', '123456/tcp', '80-90/tcp', 'x']],
])('%j is written as %j', (names, expected) => {
  expect(portRanges(names)).toEqual(expected);
});

const config = (names: readonly string[]) => {
  return Buffer.from(JSON.stringify({ config: { ExposedPorts: Object.fromEntries(names.map(name => [name, {}])) } }));
};

test('an image that exposes every port is read, one that exposes nonsense without end is not', () => {
  const all = ['tcp', 'udp', 'sctp'].flatMap(protocol => Array.from({ length: 65_536 }, (_, port) => `${port}/${protocol}`));
  expect(parseConfig(config(all)).ports).toEqual(['0-65535/sctp', '0-65535/tcp', '0-65535/udp']);
  expect(() => parseConfig(config([...all, 'x']))).toThrow('"ExposedPorts" must have at most 196608 entries');
  expect(() => parseConfig(config(Array.from({ length: 1001 }, (_, port) => `${2 * port}/tcp`)))).toThrow('must have at most 1000 ranges of ports, it has 1001');
});
