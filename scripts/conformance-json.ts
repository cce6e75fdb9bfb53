/*
 * Asks the programs in Go what they read in JSON from registries (see test/conformance/go-json/README.md), and freezes it for the tests.
 *
 *   ts-node -T -P tsconfig.dev.json scripts/conformance-json.ts
 *
 * Needs Go, and the Go modules of test/conformance/go-json.
 */
import { execFileSync } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { documents } from '../test/conformance/go-json/documents';
import { frozenRow } from '../test/conformance/go-json/frozen';

const folder = join(__dirname, '..', 'test', 'conformance', 'go-json');
const all = documents();
const input = all.map(({ kind, bytes }) => `${JSON.stringify({ kind, bytes: bytes.toString('base64') })}\n`).join('');
const output = execFileSync('go', ['run', '.'], { cwd: folder, input, maxBuffer: 2 ** 30, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
const answers = output.trimEnd().split('\n').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
writeFileSync(join(folder, 'answers.json'), `[\n${all.map((document, at) => JSON.stringify(frozenRow(document, answers[at]))).join(',\n')}\n]\n`);
