import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus';
import { yamlOf } from './frozen';
import { isSafe, readingOf } from '../streams/compare';
import { answersOf, Frozen, sumOf } from '../streams/frozen';

/** What we refuse although Kubernetes reads it, each by the message that says why. */
const onPurpose: Readonly<Record<string, RegExp>> = {
  'a byte order mark that Kubernetes makes a part of a key or a value': /^the character U\+FEFF/,
  'what Kubernetes leaves out or makes a text of': /^the document is a text|^end of the stream|^what stands behind "\.\.\."/,
  'two readings between brackets': /between brackets is not read alike/,
  'the same, where the brackets are also not as YAML 1.2 has them': /^a bracket or a quote is not closed/,
  'a dash alone between brackets': /^missed comma/,
  'keys whose name depends on how Go writes a number': /^a key that is a number must be in quotes/,
  'an empty line that counts for Kubernetes only': /^an empty line behind/,
  'duplicate keys, of which Kubernetes takes the last': /^duplicate key/,
  'tags that Kubernetes does not look at': /^unknown tag|does not fit its tag/,
  'merged values that come after written ones': /^the merge key stands behind/,
  'names of anchors': /^the name of an anchor/,
};

/** What we read although Kubernetes refuses it, so that nothing is created. */
const taken: readonly RegExp[] = [
  // YAML 1.2 has it: tabs behind indicators and on lines without content, keys longer than 1,024 characters with their quotes.
  /^[^[{"]*\t[^[{"]*$/, /k{1023}/,
  // For others a text.
  /\[(?:a\n|b)\?[bc]\]/,
];

const frozen = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8')) as Frozen;
const documents = yamlOf(frozen);
const compared = documents.map((bytes, index) => (
  { text: Buffer.from(bytes).toString(), ours: readingOf(bytes), answers: answersOf(frozen.answers[index]) }
));
const written = compared.slice(0, Object.values(corpus).flat().length);
const reasons = Object.values(onPurpose);

test('the answers are those to these documents', () => {
  expect(sumOf(documents)).toBe(frozen.streams);
  expect(frozen.answers).toHaveLength(documents.length);
});

test.each([['newest', 0], ['oldest', 1]] as const)('no document has another value than for the %s kubectl', (_, version) => {
  expect(compared.filter(({ ours, answers }) => !isSafe(ours, answers[version])).slice(0, 3)).toEqual([]);
});

test('what Kubernetes reads is read, but for what is refused on purpose', () => {
  const refused = written.filter(({ ours, answers: [{ isError }] }) => !isError && ours.errors.length > 0);
  expect(refused.filter(({ ours }) => ours.errors.some((error) => !reasons.some((reason) => reason.test(error))))).toEqual([]);
});

test.each(Object.entries(onPurpose))('is refused on purpose: %s', (_, reason) => {
  const ofKubernetes = written.filter(({ answers: [{ isError }] }) => !isError);
  expect(ofKubernetes.some(({ ours: { errors } }) => errors.some((error) => reason.test(error)))).toBe(true);
});

test('what Kubernetes refuses is refused, but for what YAML 1.2 has', () => {
  const read = written.filter(({ ours: { errors }, answers: [{ isError }] }) => isError && errors.length === 0);
  expect(read.filter(({ text }) => !taken.some((reason) => reason.test(text)))).toEqual([]);
});

test.each(Object.entries(corpus))('of %s, Kubernetes reads some and refuses some', (name, texts) => {
  const errors = written.filter(({ text }) => texts.includes(text)).map(({ answers: [{ isError }] }) => isError);
  expect(errors).toContain(false);
  if (name !== 'byte order marks') expect(errors).toContain(true);
});
