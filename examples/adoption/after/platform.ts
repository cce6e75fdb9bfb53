import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DaemonSet, Deployment, exempt, Volume } from '../../../src';

const decided = { owner: 'platform', until: '2031-03-31' };

/** What the platform team runs beside the shop. The cleaner of images is gone: the kubelet collects them itself. */
export class Platform extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'platform' });

    const logs = Volume.fromHostPath(this, 'log-files', 'logs', { path: '/var/log' });
    const shipper = new DaemonSet(this, 'log-shipper', {
      containers: [{
        image: 'registry.acme.example/mirror/fluent-bit:2.2.2@sha256:eccc53f4c76f5fa690d802a9870c2d02b06e49433db252084ea52b59274e3b01',
        volumeMounts: [{ path: '/var/log', volume: logs, readOnly: true }],
        // The files are the group's to read.
        securityContext: { user: 10001, group: 0 },
      }],
    });
    exempt(shipper, { rule: 'host-path', reason: 'reads the logs of all pods of its node', ...decided });

    const root = Volume.fromHostPath(this, 'root-files', 'root', { path: '/' });
    const exporter = new DaemonSet(this, 'node-exporter', {
      hostNetwork: true,
      containers: [{
        image: 'registry.acme.example/mirror/node-exporter:v1.7.0@sha256:24f5e03e54b234d00dc7f4063f991716310accb27164498e84a09c061b4463a6',
        args: ['--path.rootfs=/host'],
        portNumber: 9100,
        volumeMounts: [{ path: '/host', volume: root, readOnly: true }],
      }],
    });
    for (const rule of ['host-path', 'host-namespaces', 'host-ports'] as const) {
      exempt(exporter, { rule, reason: 'measures the node itself: its file systems and its network', ...decided });
    }

    const prometheus = new Deployment(this, 'prometheus', {
      automountServiceAccountToken: true,
      containers: [{
        image: 'registry.acme.example/mirror/prometheus:v2.48.1@sha256:5737cce9c6987144efa5ff7d6dfd2f356323ca707ae802baa82b39fe16cf18f5',
        portNumber: 9090,
        writablePaths: ['/prometheus'],
      }],
    });
    exempt(prometheus, { rule: 'service-account-token', reason: 'finds what it measures through the API server', ...decided });
    const autoscaler = new Deployment(this, 'autoscaler', {
      automountServiceAccountToken: true,
      containers: [{
        image: 'registry.acme.example/platform/autoscaler:0.3.0@sha256:517f2e7c36b92b109fefde7fb2802f9a61b01881499ec9f40731381211740b3d',
        portNumber: 8080,
      }],
    });
    exempt(autoscaler, { rule: 'service-account-token', reason: 'changes the number of replicas through the API server', ...decided });
    new Deployment(this, 'proxy', {
      containers: [{
        image: 'registry.acme.example/platform/proxy:1.6.0@sha256:03e5c376985b717fdb4a0062a6ad07528bf83746e7198e33cad07629ba56e5e2',
        portNumber: 3128,
        writablePaths: ['/var/spool/proxy'],
      }],
    });
  }
}
