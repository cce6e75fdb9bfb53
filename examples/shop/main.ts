import { join, relative } from 'node:path';
import { ApiChart } from './api';
import { DatabaseChart } from './database';
import { NetworkChart } from './network';
import { StorefrontChart } from './storefront';
import { WorkerChart } from './worker';
import { App, AppProps, Policy, textReport } from '../../src';

/** A web shop: storefront, API, worker and database, each in a chart of its own. */
export function shop(props: AppProps = {}): App {
  const app = new App({
    outdir: join(__dirname, 'dist'),
    policy: Policy.fromFile(join(__dirname, 'hardened.yaml')),
    ...props,
  });
  const common = { namespace: 'shop' };
  new NetworkChart(app, 'network', common);
  const database = new DatabaseChart(app, 'database', common);
  const api = new ApiChart(app, 'api', { ...common, database });
  new WorkerChart(app, 'worker', { ...common, database });
  new StorefrontChart(app, 'storefront', { ...common, api, host: 'shop.example.com' });
  return app;
}

if (require.main === module) {
  let report = '';
  const app = shop({ onVerdict: (verdict) => { report = textReport(verdict); } });
  // What is refused is thrown, with the report as its message.
  app.synth();
  console.log(`${report}\nthe YAML is in ${relative(process.cwd(), app.outdir)}`);
}
