/*
 * Holds our reader against that of kubectl, oldest supported and newest: of streams (see test/conformance/streams/README.md), or of the
 * YAML in them (test/conformance/yaml/README.md).
 *
 *   ts-node -T -P tsconfig.dev.json scripts/conformance-streams.ts [--of yaml] [--count N] [--seed N] [--write]
 *
 * `--write` freezes the answers that the tests read. Needs Go, and the Go modules of test/conformance/streams/oracle.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { Answer, isSafe, readingOf, unseenObjects } from '../test/conformance/streams/compare';
import { Frozen, frozenRow, streamsOf, sumOf } from '../test/conformance/streams/frozen';
import { yamlOf } from '../test/conformance/yaml/frozen';

const { values: options } = parseArgs({
  options: {
    of: { type: 'string', default: 'streams' },
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    write: { type: 'boolean', default: false },
  },
});
const conformance = join(__dirname, '..', 'test', 'conformance');
const oracleSource = join(conformance, 'streams', 'oracle');

/** What kubectl gets from each stream, in the version of a go.mod. */
function ask(modfile: string, streams: readonly Uint8Array[]): readonly Answer[] {
  const built = mkdtempSync(join(tmpdir(), 'streams-'));
  try {
    const oracle = join(built, 'oracle');
    execFileSync('go', ['build', `-modfile=${modfile}`, '-o', oracle, '.'], { cwd: oracleSource, stdio: 'inherit' });
    const input = JSON.stringify(streams.map((stream) => Buffer.from(stream).toString('base64')));
    const output = execFileSync(oracle, { input, maxBuffer: 2 ** 30, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = JSON.parse(output) as readonly { documents: unknown[]; error?: string; objects: [string, string][] }[];
    return answers.map(({ documents, error, objects }) => ({ documents, isError: error !== undefined, objects }));
  } finally {
    rmSync(built, { recursive: true });
  }
}

const frozen = { count: Number(options.count), seed: Number(options.seed) };
const streams = options.of === 'yaml' ? yamlOf(frozen) : streamsOf(frozen);
const answers = ['oldest.mod', 'go.mod'].map((modfile) => ask(modfile, streams));
let disagreements = 0;
const refused = new Map<string, { streams: number; example: string }>();
let read = 0;
/** Harmless: nothing is created. */
const taken: string[] = [];
for (const [index, stream] of streams.entries()) {
  const ours = readingOf(stream);
  const text = Buffer.from(stream).toString();
  for (const theirs of answers.map((each) => each[index])) {
    const unseen = options.of === 'yaml' ? [] : unseenObjects(ours, theirs);
    if (isSafe(ours, theirs) && unseen.length === 0) continue;
    disagreements++;
    if (disagreements <= 10) console.log(JSON.stringify({ stream: text.slice(0, 300), theirs, ours, unseen }));
  }
  const newest = answers[1][index];
  if (newest.isError && ours.errors.length === 0) taken.push(text);
  if (newest.isError || newest.documents.length === 0) continue;
  read++;
  for (const message of new Set(ours.errors.slice(0, 1))) {
    const kind = message.replace(/"(?:[^"\\]|\\.)*"/g, '"…"').replace(/U\+[\dA-F]+/, 'U+…');
    const known = refused.get(kind) ?? { streams: 0, example: text };
    refused.set(kind, { ...known, streams: known.streams + 1 });
  }
}
const total = [...refused.values()].reduce((sum, { streams: each }) => sum + each, 0);
console.log(`${streams.length} streams compared with two versions (seed ${options.seed}): ${disagreements} disagreements`);
console.log(`kubectl reads ${read} of them to the end, of which ${total} are refused here:`);
for (const [kind, { streams: count, example }] of [...refused].sort(([, a], [, b]) => b.streams - a.streams)) {
  console.log(`  ${String(count).padStart(5)}  ${kind}   ${JSON.stringify(example.slice(0, 60))}`);
}
console.log(`${taken.length} that kubectl does not read to the end are read here, such as ${JSON.stringify(taken.slice(0, 20).map((text) => text.slice(0, 60)))}`);

if (disagreements > 0) {
  process.exitCode = 1;
} else if (options.write) {
  const rows = streams.map((_, index) => JSON.stringify(frozenRow(answers[0][index], answers[1][index])));
  const head: Omit<Frozen, 'answers'> = { ...frozen, streams: sumOf(streams) };
  writeFileSync(join(conformance, options.of, 'answers.json'), `${JSON.stringify(head).slice(0, -1)},"answers":[\n${rows.join(',\n')}\n]}\n`);
  console.log(`${rows.length} answers written`);
}
