'use strict';

const { chmodSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** A temporary folder of its own for each run: some of what is tested leaves its files behind, `cdk8s.App` a folder for each app. */
module.exports = function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-tests-'));
  // Some tests run a command as another user.
  chmodSync(folder, 0o755);
  globalThis.temporaryFolderOfTests = folder;
  // The processes in which tests run get this environment; Windows has the other two.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
};
