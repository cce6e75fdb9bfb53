import { Chart } from 'cdk8s';
import { DaemonSet, Deployment, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** What the platform team runs beside the shop. */
export class Platform extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'platform' });

    const logs = Volume.fromHostPath(this, 'log-files', 'logs', { path: '/var/log' });
    new DaemonSet(this, 'log-shipper', {
      containers: [{
        image: 'fluent/fluent-bit:2.2',
        volumeMounts: [{ path: '/var/log', volume: logs }],
        securityContext: { ensureNonRoot: false, user: 0 },
      }],
    });

    const root = Volume.fromHostPath(this, 'root-files', 'root', { path: '/' });
    new DaemonSet(this, 'node-exporter', {
      hostNetwork: true,
      containers: [{
        image: 'quay.io/prometheus/node-exporter:v1.7.0',
        args: ['--path.rootfs=/host'],
        portNumber: 9100,
        volumeMounts: [{ path: '/host', volume: root, readOnly: true }],
      }],
    });

    const socket = Volume.fromHostPath(this, 'docker-socket', 'docker', { path: '/var/run/docker.sock' });
    new DaemonSet(this, 'image-cleaner', {
      containers: [{
        image: 'docker:cli',
        command: ['sh', '-c', 'while true; do docker image prune -af; sleep 86400; done'],
        volumeMounts: [{ path: '/var/run/docker.sock', volume: socket }],
        securityContext: { ensureNonRoot: false, privileged: true, allowPrivilegeEscalation: true },
      }],
    });

    new Deployment(this, 'prometheus', {
      automountServiceAccountToken: true,
      containers: [{ image: 'prom/prometheus:v2.48.1', portNumber: 9090, securityContext: { readOnlyRootFilesystem: false } }],
    });
    new Deployment(this, 'autoscaler', {
      automountServiceAccountToken: true,
      containers: [{ image: 'registry.acme.example/platform/autoscaler:0.3.0', portNumber: 8080 }],
    });
    new Deployment(this, 'proxy', {
      containers: [{ image: 'registry.acme.example/platform/proxy:latest', portNumber: 3128, securityContext: { readOnlyRootFilesystem: false } }],
    });
  }
}
