import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { recordSource, sourceOf } from '../../src/gate/source';

class Recorded extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    recordSource(this, Recorded);
  }
}

const chart = () => Testing.chart();

/** A construct whose stack is the given one; the engine would not make such stacks at will. */
function withStack(stack: string | undefined): Construct {
  const construct = new Construct(chart(), 'x');
  const capture = jest.spyOn(Error, 'captureStackTrace').mockImplementation((holder) => Object.assign(holder, { stack }));
  recordSource(construct, Construct);
  capture.mockRestore();
  return construct;
}

test('is the line that made the construct, relative to the working directory', () => {
  const made = new Recorded(chart(), 'web');

  expect(sourceOf(made)).toMatch(/^test\/gate\/source\.test\.ts:24$/);
});

test('is that of the nearest construct around', () => {
  const made = new Recorded(chart(), 'web');

  expect(sourceOf(new Construct(made, 'inner'))).toBe(sourceOf(made));
  expect(sourceOf(new Chart(chart().node.root, 'none'))).toBeUndefined();
});

test('leaves the engine\'s limit for stacks as it was', () => {
  const before = Error.stackTraceLimit;
  new Recorded(chart(), 'web');

  expect(Error.stackTraceLimit).toBe(before);
});

test.each([
  ['a frame without a function', 'Error\n    at /srv/app/main.ts:7:3', '/srv/app/main.ts:7'],
  ['a frame with a function', 'Error\n    at new Web (/srv/app/web.ts:12:5)', '/srv/app/web.ts:12'],
  ['an ECMAScript module', 'Error\n    at file:///srv/app/main.mjs:9:1', '/srv/app/main.mjs:9'],
  ['a frame of an async function', 'Error\n    at async main (/srv/app/main.ts:3:1)', '/srv/app/main.ts:3'],
  ['packages and Node itself first', 'Error\n    at f (/srv/app/node_modules/lib/a.js:1:1)\n    at node:internal/main:1:1\n    at g (/srv/app/b.ts:2:2)', '/srv/app/b.ts:2'],
  ['nothing but packages', 'Error\n    at f (/srv/app/node_modules/lib/a.js:1:1)\n    at native', undefined],
  ['no stack at all', undefined, undefined],
])('is found behind %s', (_name, stack, source) => {
  expect(sourceOf(withStack(stack))).toBe(source);
});
