import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { App, Deployment, pinned } from '../src';
import { report } from './measure';

const [which, workloads, charts, outdir] = process.argv.slice(2);
const image = pinned(`ghcr.io/acme/shop:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`);
const gated = which === 'gated';

report(() => {
  const app = gated ? new App({ outdir, policy: { registries: { 'ghcr.io/acme': {} } } }) : new cdk8s.App({ outdir });
  const Class = gated ? Deployment : kplus.Deployment;
  for (let c = 0; c < Number(charts); c++) {
    const chart = new cdk8s.Chart(app, `chart-${c}`);
    for (let i = 0; i < Number(workloads) / Number(charts); i++) new Class(chart, `web-${i}`, { containers: [{ image, portNumber: 8080 }] });
  }
  app.synth();
});
