import { inspect } from 'node:util';
import { Finding, PolicyError, Verdict } from '../../src';
import { VerdictBuilder } from '../../src/policy/verdict-builder';

const finding: Finding = { rule: 'privileged', message: 'm', severity: 'medium', fix: 'f', pointer: '', resource: { apiVersion: 'v1', kind: 'Pod' } };

describe('the print of a PolicyError', () => {
  const limit = Error.stackTraceLimit;
  afterEach(() => {
    Error.stackTraceLimit = limit;
  });

  test('is its message and the one frame that the author wrote', () => {
    const error = new PolicyError('invalid-policy', 'hardened.yaml: profile must be\nsomething');
    const [first, second, frame, ...others] = inspect(error).split('\n');

    expect([first, second, others]).toEqual(['PolicyError: hardened.yaml: profile must be', 'something', []]);
    expect(frame).toMatch(/^ +at .*error\.test\.ts:\d+:\d+\)?$/);
    expect(Object.keys(error)).toEqual([]);
    expect(error).toBeInstanceOf(Error);
  });

  test.each([['without frames', 0], ['without a stack', undefined]])('is its message alone in an engine %s', (_name, frames) => {
    // V8 makes no stack at all where the limit is no number.
    Error.stackTraceLimit = frames as number;

    expect(new PolicyError('unjudged', 'not judged').stack).toBe('PolicyError: not judged');
  });
});

test('carries the verdict and its findings as data', () => {
  const builder = new VerdictBuilder('2030-06-15');
  builder.addFinding(finding, []);
  const verdict: Verdict = builder.build([]);
  const error = new PolicyError('refused', 'refused', verdict);

  expect([error.name, error.code, error.verdict, error.findings]).toEqual(['PolicyError', 'refused', verdict, [finding]]);
});

test('has no findings where there is no verdict', () => {
  const error = new PolicyError('unjudged', 'unjudged');

  expect([error.code, error.verdict, error.findings]).toEqual(['unjudged', undefined, []]);
});
