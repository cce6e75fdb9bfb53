import { join } from 'node:path';
import { ApiObject, Chart, Include, JsonPatch } from 'cdk8s';
import { App, AppProps } from '../../src';
import { Deployment } from '../../src/compat';

/** An app as it comes: YAML from a file, an object with a patch, and a deployment that changed its import line and nothing else. */
export function legacy(props: AppProps = {}): App {
  const app = new App({ outdir: join(__dirname, 'dist'), policy: { registries: { 'ghcr.io/acme': {} } }, ...props });
  const chart = new Chart(app, 'legacy');

  new Include(chart, 'reports', { url: join(__dirname, 'reports.yaml') });

  const debug = new ApiObject(chart, 'debug', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'shell',
        // The digest is invented.
        image: 'ghcr.io/acme/shell:1.9.0@sha256:883d4f0b29ce6189e9c8437a71f5795adde4299e13017dbd960877f74b55bd37',
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      }],
    },
  });
  debug.addJsonPatch(JsonPatch.add('/spec/hostNetwork', true));

  new Deployment(chart, 'web', {
    containers: [{ image: 'nginx:1.27', portNumber: 8080 }],
  });
  return app;
}

if (require.main === module) legacy().synth();
