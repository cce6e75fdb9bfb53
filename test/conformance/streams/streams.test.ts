import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSafe, readingOf, unseenObjects } from './compare';
import { corpus } from './corpus';
import { answersOf, Frozen, streamsOf, sumOf } from './frozen';

const frozen = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8')) as Frozen;
const streams = streamsOf(frozen);
const compared = streams.map((stream, index) => (
  { stream: Buffer.from(stream).toString(), ours: readingOf(stream), answers: answersOf(frozen.answers[index]) }
));
const ofKubernetes = compared.filter(({ answers }) => answers.some(({ isError, documents }) => !isError && documents.length > 0));
const refused = ofKubernetes.filter(({ ours }) => ours.errors.length > 0);

test('the answers are those to these streams', () => {
  expect(sumOf(streams)).toBe(frozen.streams);
  expect(frozen.answers).toHaveLength(streams.length);
});

test.each([['newest', 0], ['oldest', 1]] as const)('every stream is read as the %s kubectl reads it, or refused', (_, version) => {
  const differing = compared.filter(({ ours, answers }) => !isSafe(ours, answers[version]));
  expect(differing.map(({ stream, ours, answers }) => ({ stream, ours, theirs: answers[version] })).slice(0, 3)).toEqual([]);
});

test('every object that kubectl makes of a stream that we read is an object of its own here', () => {
  const hidden = compared.flatMap(({ stream, ours, answers }) => (
    answers.map((theirs) => ({ stream, unseen: unseenObjects(ours, theirs) }))
  ));
  expect(hidden.filter(({ unseen }) => unseen.length > 0).slice(0, 3)).toEqual([]);
});

test(`${refused.length} of ${ofKubernetes.length} streams that kubectl reads, most of two readings, are refused; plain ones are not`, () => {
  const plain = new Set<string>(corpus['plain documents']);
  expect(refused.filter(({ stream }) => plain.has(stream))).toEqual([]);
});
