import { isFound, Line, readCorpus } from './corpus/read';

/*
 * How many of the lines that real pods could hold are judged rightly: `scripts/startup-download.ts` shows which are not.
 */

function share(lines: readonly Line[]): number {
  return lines.filter(isFound).length / lines.length;
}

test.each(['fetching.txt', 'held-out-fetching.txt'])('at least nine of ten lines of %s are found', (name) => {
  expect(share(readCorpus(name))).toBeGreaterThanOrEqual(0.9);
});

test.each(['innocent.txt', 'held-out-innocent.txt'])('at most one of a hundred lines of %s is a false alarm', (name) => {
  expect(share(readCorpus(name))).toBeLessThanOrEqual(0.01);
});

test('the lines are many enough to tell', () => {
  expect(readCorpus('fetching.txt').length).toBeGreaterThanOrEqual(200);
  expect(readCorpus('innocent.txt').length).toBeGreaterThanOrEqual(150);
});
