'use strict';
// Reads a lock once, in a process of its own.
const [library, file] = process.argv.slice(2);
const { Lock } = require(library);

const start = process.hrtime.bigint();
Lock.fromFile(file);
const ms = Number(process.hrtime.bigint() - start) / 1e6;
process.stdout.write(JSON.stringify({ ms, rssMiB: process.resourceUsage().maxRSS / 1024 }));
