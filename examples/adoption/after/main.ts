import { join } from 'node:path';
import { Batch } from './batch';
import { Data } from './data';
import { Platform } from './platform';
import { Web } from './web';
import { App, AppProps, Policy } from '../../../src';

/** The same app at the end of the way; docs/adoption.md has the steps between. */
export function adopted(props: AppProps = {}): App {
  const app = new App({ outdir: join(__dirname, 'dist'), policy: Policy.fromFile(join(__dirname, 'hardened.yaml')), ...props });
  new Web(app, 'web');
  new Data(app, 'data');
  new Batch(app, 'batch');
  new Platform(app, 'platform');
  return app;
}

if (require.main === module) adopted().synth();
