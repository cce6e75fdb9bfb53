'use strict';

const { spawn } = require('node:child_process');

/**
 * Runs commands at the same time. The last one may write as it goes; what the others write comes behind it, one after the other, so that
 * nothing is mixed up.
 *
 * @param {Readonly<Record<string, readonly string[]>>} steps commands by the names that they have in what is said of them
 * @returns {Promise<readonly string[]>} the names of those that failed
 */
async function sideBySide(steps) {
  const names = Object.keys(steps);
  const ended = await Promise.all(names.map(async (name, at) => run(steps[name], at === names.length - 1)));
  ended.forEach(({ output }, at) => {
    if (output !== '') process.stdout.write(`\n${names[at]}:\n${output}`);
  });
  return names.filter((_name, at) => !ended[at].passed);
}

async function run([command, ...args], isLast) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: isLast ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of isLast ? [] : [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.once('error', (error) => resolve({ passed: false, output: `${error.message}\n` }));
    child.once('close', (status) => resolve({ passed: status === 0, output: status === 0 ? '' : output }));
  });
}

module.exports = { sideBySide };

if (require.main === module) {
  const steps = { types: ['tsc', '--noEmit', '-p', 'tsconfig.dev.json'], lint: ['projen', 'eslint'], tests: process.argv.slice(2) };
  void sideBySide(steps).then((failed) => {
    if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(', ')}\n`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  });
}
