'use strict';

const { rmSync } = require('node:fs');

module.exports = function teardown() {
  rmSync(globalThis.temporaryFolderOfTests, { recursive: true, force: true, maxRetries: 3 });
};
