import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile, writeFiles } from './corpus';
import { sideBySide, withScratch } from './measure';
import { timed } from './timed';
import { build } from '../scripts/built-package';

/** `check` with all rules against the bare parsing of the same text, and against the empty process. */
export function check(): void {
  withScratch((folder) => {
    const command = build(join(folder, 'package'));
    // From the package's folder, so that both load the same parser.
    const bare = join(folder, 'package', 'bare.js');
    writeFileSync(bare, bareParsing);
    const judging = (...paths: readonly string[]) => () => timed([command, 'check', ...paths, '--registry', 'ghcr.io/acme', '--format', 'json'], [1]);

    const large = join(folder, 'large.yaml');
    const bytes = writeFile(large, 20_000);
    const one = sideBySide(5, { bare: () => timed([bare, large]), check: judging(large) });
    console.log(`  ${mib(bytes)} of 20000 documents: ${ratio(one.check.ms, one.bare.ms)} the bare parsing`
      + `  (${one.bare.ms.toFixed(0)} → ${one.check.ms.toFixed(0)} ms, ${one.bare.rssMiB.toFixed(0)} → ${one.check.rssMiB.toFixed(0)} MiB)`);

    const many = join(folder, 'many');
    writeFiles(many, 10_000);
    const small = sideBySide(5, { bare: () => timed([bare, many]), check: judging(many) });
    console.log(`  10000 files: ${ratio(small.check.ms, small.bare.ms)} reading and parsing them  (${small.bare.ms.toFixed(0)} → ${small.check.ms.toFixed(0)} ms)`);

    const base = join(folder, 'base.yaml');
    const baseBytes = writeFile(base, 1_000);
    const first = sideBySide(3, { check: judging(base) }).check;
    for (const times of [10, 100]) {
      const file = join(folder, `times-${times}.yaml`);
      const size = writeFile(file, 1_000 * times);
      const { check: measured } = sideBySide(times > 10 ? 1 : 3, { check: judging(file) });
      console.log(`  ${mib(size)} against ${mib(baseBytes)}: ${ratio(measured.ms, first.ms)} the time, linear would be ${(size / baseBytes).toFixed(0)}×`
        + `  (${measured.rssMiB.toFixed(0)} MiB)`);
    }
  });
}

/** Start-up: what a person waits for when there is next to nothing to do. */
export function startup(): void {
  withScratch((folder) => {
    const command = build(join(folder, 'package'));
    mkdirSync(join(folder, 'manifests'));
    const file = join(folder, 'manifests', 'one.yaml');
    writeFile(file, 1);
    const { nothing, check: one, rules } = sideBySide(21, {
      nothing: () => timed(['-e', '0']),
      check: () => timed([command, 'check', file, '--registry', 'ghcr.io/acme'], [1]),
      rules: () => timed([command, 'rules']),
    });
    console.log(`  check of one small file: ${(one.ms - nothing.ms).toFixed(0)} ms more than \`node -e 0\` (${nothing.ms.toFixed(0)} ms)`);
    console.log(`  rules: ${(rules.ms - nothing.ms).toFixed(0)} ms more`);
  });
}

const bareParsing = `
'use strict';
const { readFileSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');
const files = (path) => statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => files(join(path, name))) : [path];
let documents = 0;
for (const file of files(process.argv[2])) documents += loadAll(readFileSync(file, 'utf8')).length;
`;

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}×`;
