import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { App, AppProps, Deployment } from '../../src';

/** One deployment: everything that is not said here is hardened already. The digest is invented. */
export function hello(props: AppProps = {}): App {
  const app = new App({ outdir: join(__dirname, 'dist'), policy: { registries: { 'ghcr.io/acme': {} } }, ...props });
  new Deployment(new Chart(app, 'hello'), 'web', {
    containers: [{
      image: 'ghcr.io/acme/hello:1.0.3@sha256:dfad05de38e7448d35cefa760d9eb461a6e26031bfdf90110db8618d769a3a59',
      portNumber: 8080,
    }],
  });
  return app;
}

if (require.main === module) hello().synth();
