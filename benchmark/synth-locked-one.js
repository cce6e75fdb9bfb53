'use strict';
// One synth in a process of its own, of the package as it is published, with the images of a lock: `pinned` without it, `locked`
// with it, `imported` with the JSON of its file, or `tags`, which it has to pin; how many deployments.
const [library, which, workloads, file, outdir] = process.argv.slice(2);
const { App, Deployment, Lock } = require(library);
const cdk8s = require(require.resolve('cdk8s', { paths: [library] }));
const json = require(file);

const names = Object.keys(json.images).filter((name) => name !== '~');
const references = names.map((name) => which === 'tags' ? name : json.images[name].pinned);
const locks = { pinned: () => undefined, imported: () => json, locked: () => Lock.fromFile(file), tags: () => Lock.fromFile(file) };
const lock = locks[which]();

// Said in all of them, so that the same is written with the lock and without: it would fill in the user.
const securityContext = { user: 65532 };

const start = process.hrtime.bigint();
const app = new App({ outdir, lock, policy: { registries: { 'ghcr.io/acme': {} } } });
const chart = new cdk8s.Chart(app, 'chart');
for (let i = 0; i < Number(workloads); i++) {
  new Deployment(chart, `web-${i}`, { containers: [{ image: references[i % references.length], portNumber: 8080, securityContext }] });
}
app.synth();
const ms = Number(process.hrtime.bigint() - start) / 1e6;
process.stdout.write(JSON.stringify({ ms, rssMiB: process.resourceUsage().maxRSS / 1024 }));
