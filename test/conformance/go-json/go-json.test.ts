import { readFileSync } from 'fs';
import { join } from 'path';
import { differences, isFor, ourFacts, readingsOf } from './compare';
import { documents } from './documents';
import { Row, sumOf } from './frozen';

const rows = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8')) as readonly Row[];
const corpus = documents().map((document, at) => {
  try {
    return { document, readings: readingsOf(rows[at]), facts: ourFacts(document) };
  } catch (error) {
    return { document, readings: readingsOf(rows[at]), refusal: error instanceof Error ? error.message : String(error) };
  }
});

test('the answers are those to the documents of this corpus', () => {
  expect(rows.map(([name, sum]) => [name, sum])).toEqual(documents().map((document) => [document.name, sumOf(document)]));
});

test('what we read is what every program in Go reads that takes the document', () => {
  const found = corpus.flatMap(({ document: { name }, readings, facts }) => readings.flatMap(([reader, answer]) => {
    const keys = facts === undefined ? [] : differences(facts, answer, reader);
    return keys.length === 0 ? [] : [{ name, reader, keys }];
  }));
  expect(found).toEqual([]);
});

test('what an honest builder writes is read', () => {
  expect(corpus.filter(({ document, refusal }) => document.isHonest && refusal !== undefined)).toEqual([]);
});

test('what we read and no program in Go does, so that none of them runs it', () => {
  const found = corpus.filter(({ readings, facts }) => facts !== undefined && !readings.some(([reader]) => isFor(facts, reader)));
  expect(found.map(({ document }) => document.name)).toMatchInlineSnapshot(`
[
  "an entrypoint that is a text",
  "data that is not base64",
  "a date that is none",
]
`);
});

test('what we refuse though a program in Go reads it, by reason', () => {
  const reasons = new Map<string, number>();
  for (const { readings, refusal } of corpus) {
    if (refusal === undefined || readings.length === 0) continue;
    const reason = refusal.replace(/;.*/, '').replace(/"(?:[^"\\]|\\.)*"/g, '"…"').replace(/^image: |the manifest |[\w.[\]]+(?:\["…"\])?: /g, '');
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  expect(Object.fromEntries([...reasons].sort())).toMatchInlineSnapshot(`
{
  "config must be a descriptor": 2,
  "field "…" must be a list": 2,
  "field "…" must be a string": 11,
  "field "…" must be a whole number, written in digits": 6,
  "field "…" must be an object": 3,
  "has half of a surrogate pair in a text": 4,
  "has neither "…" nor "…" and "…"": 1,
  "has the key "…" twice": 79,
  "has the key "…", which container runtimes read as "…": write it so": 75,
  "has the keys "…" and "…", which container runtimes take for one": 55,
  "is not JSON in UTF-8": 10,
  "it is an image of Docker's manifest schema 1, which containerd 2 and Docker 26 no longer pull": 1,
  "must have either "…" or "…" and "…", it has both": 1,
  "must have the schemaVersion 2": 4,
  "the digest is missing": 6,
  "the media type is missing": 6,
  "the size must be a number of bytes": 7,
}
`);
});
