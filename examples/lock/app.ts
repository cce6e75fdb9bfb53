import { join } from 'node:path';
import { Chart, Include, Size } from 'cdk8s';
import lock from './images.lock.json';
import { App, AppProps, Deployment, Job, lockedImages, Policy } from '../../src';

const folder = __dirname;
// The names are those of the lock: the editor completes them, and one that is not locked does not compile.
const image = lockedImages(lock);

/** A lending library. What its images say of themselves comes from the lock, and nothing is asked of a registry. */
export function library(props: AppProps = {}): App {
  const app = new App({ outdir: join(folder, 'dist'), policy: Policy.fromFile(join(folder, 'hardened.yaml')), lock, ...props });
  const chart = new Chart(app, 'library', { namespace: 'library' });

  // Its user is a name, which the kubelet cannot prove to be non-root, and it writes to a VOLUME: the uid and an emptyDir are filled in.
  new Deployment(chart, 'catalogue', {
    containers: [{ image: image('registry.acme.example/library/catalogue:1.4.2'), portNumber: 8080 }],
  });

  // How much the import may write is said here; the lock would give it the default.
  new Job(chart, 'import', {
    containers: [{
      image: image('registry.acme.example/library/import:0.9.0'),
      writablePaths: [{ path: '/var/spool/import', sizeLimit: Size.gibibytes(2) }],
    }],
  });

  // YAML that others wrote names images by their tags: they are pinned at synth, and the text in its ConfigMap is left alone.
  new Include(chart, 'mailer', { url: join(folder, 'mailer.yaml') });
  return app;
}
