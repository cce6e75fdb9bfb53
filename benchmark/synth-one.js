'use strict';
// One synth in a process of its own, of the package as it is published: `plain` or `gated`, how many deployments, in how many charts.
const [library, which, workloads, charts, outdir] = process.argv.slice(2);
const { App, Deployment, pinned } = require(library);
const cdk8s = require(require.resolve('cdk8s', { paths: [library] }));
const kplus = require(require.resolve('cdk8s-plus-28', { paths: [library] }));

const image = pinned(`ghcr.io/acme/shop:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`);
const gated = which === 'gated';

const start = process.hrtime.bigint();
const app = gated ? new App({ outdir, policy: { registries: { 'ghcr.io/acme': {} } } }) : new cdk8s.App({ outdir });
const Class = gated ? Deployment : kplus.Deployment;
for (let c = 0; c < Number(charts); c++) {
  const chart = new cdk8s.Chart(app, `chart-${c}`);
  for (let i = 0; i < Number(workloads) / Number(charts); i++) new Class(chart, `web-${i}`, { containers: [{ image, portNumber: 8080 }] });
}
app.synth();
const ms = Number(process.hrtime.bigint() - start) / 1e6;
process.stdout.write(JSON.stringify({ ms, rssMiB: process.resourceUsage().maxRSS / 1024 }));
