import { join } from 'node:path';
import { Chart } from 'cdk8s';
import {
  App, AppProps, DaemonSet, exempt, HostPathVolumeType, Node, NodeTaintQuery, Policy, ServiceAccount, textReport, Volume,
} from '../../src';

/** What every node agent may mount: the platform team decides it once, for paths that give nothing of the node away. */
const policy: Policy = {
  registries: { 'ghcr.io/acme': { pullSecret: 'acme-pull' } },
  hostPaths: {
    '/srv/metrics': {},
    '/var/lib/acme-agent': { readOnly: false },
  },
};

/** A log shipper on every node. It keeps its place in a folder of its own, and needs what no policy allows: the logs. */
export function nodeAgent(props: AppProps = {}): App {
  const app = new App({ outdir: join(__dirname, 'dist'), policy, ...props });
  const chart = new Chart(app, 'node-agent', { namespace: 'observability' });
  const hostPath = (id: string, path: string) =>
    Volume.fromHostPath(chart, id, id, { path, type: HostPathVolumeType.DIRECTORY });

  const agent = new DaemonSet(chart, 'agent', {
    serviceAccount: new ServiceAccount(chart, 'account'),
    // The kubelet lets only root and root's group read the logs. The group is enough.
    securityContext: { user: 10001, group: 0 },
    containers: [{
      // The digest is invented.
      image: 'ghcr.io/acme/agent:3.4.0@sha256:42f2a09e6a5a6fdb02b48cfdba612cd6750b54be4472b4fb1f30d0da88e60dd8',
      volumeMounts: [
        { path: '/metrics', volume: hostPath('metrics', '/srv/metrics'), readOnly: true },
        { path: '/state', volume: hostPath('state', '/var/lib/acme-agent') },
        { path: '/logs', volume: hostPath('logs', '/var/log/pods'), readOnly: true },
      ],
    }],
  });
  agent.scheduling.tolerate(Node.tainted(NodeTaintQuery.any()));

  exempt(agent, {
    rule: 'host-path',
    reason: 'ships the logs of all pods; they exist nowhere but in /var/log/pods',
    owner: 'observability',
    until: '2031-03-31',
  });
  return app;
}

if (require.main === module) {
  let report = '';
  nodeAgent({ onVerdict: (verdict) => { report = textReport(verdict); } }).synth();
  console.log(report);
}
