import { join } from 'node:path';
import { Chart } from 'cdk8s';
import lock from './images.lock.json';
import { App, AppProps, Deployment, Job, lockedImages, Node, NodeLabelQuery, Policy } from '../../src';

const folder = __dirname;
const image = lockedImages(lock);

/** Pods that the API server would take and no node would start, or that would not run there for long. */
export function refused(props: AppProps = {}): App {
  const app = new App({ outdir: join(folder, 'dist'), policy: Policy.fromFile(join(folder, 'hardened.yaml')), lock, ...props });
  const chart = new Chart(app, 'refused', { namespace: 'library' });

  // Whoever built it left out USER, so it runs as root.
  new Deployment(chart, 'archive', { containers: [{ image: image('registry.acme.example/library/archive:3.1.0') }] });

  // It was built for amd64 alone.
  const job = new Job(chart, 'import', { containers: [{ image: image('registry.acme.example/library/import:0.9.0') }] });
  job.scheduling.attract(Node.labeled(NodeLabelQuery.is('kubernetes.io/arch', 'arm64')));

  // Nothing is filled in: its user is a name, and nothing is mounted where it writes.
  new Deployment(chart, 'catalogue', {
    fromImage: false,
    containers: [{ image: image('registry.acme.example/library/catalogue:1.4.2') }],
  });
  return app;
}

if (require.main === module) refused().synth();
