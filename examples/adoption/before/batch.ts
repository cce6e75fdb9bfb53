import { Chart, Cron } from 'cdk8s';
import { CronJob, Job } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

interface Task {
  readonly image: string;
  readonly command: readonly string[];
  readonly hour: string;
}

const tasks: Record<string, Task> = {
  invoices: { image: 'registry.acme.example/batch/invoices:1.8.0', command: ['invoices', '--yesterday'], hour: '1' },
  reports: { image: 'python:3.11', command: ['sh', '-c', 'pip install weasyprint && python /reports.py'], hour: '2' },
  reindex: { image: 'registry.acme.example/batch/reindex:0.4.1', command: ['reindex'], hour: '3' },
  thumbnails: { image: 'registry.acme.example/batch/thumbnails:latest', command: ['thumbnails'], hour: '4' },
  cleanup: { image: 'bitnami/kubectl:1.28', command: ['kubectl', 'delete', 'pods', '--field-selector=status.phase=Failed'], hour: '5' },
  backup: { image: 'alpine', command: ['sh', '-c', 'apk add postgresql-client && pg_dumpall > /backup/all.sql'], hour: '6' },
  newsletter: { image: 'ghcr.io/acme/newsletter:1.0.2', command: ['newsletter', 'send'], hour: '7' },
  stock: { image: 'ghcr.io/acme/stock:2.2.0', command: ['stock', 'sync'], hour: '*' },
};

/** What runs at night, and two jobs of every release. */
export class Batch extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'batch' });
    for (const [name, { image, command, hour }] of Object.entries(tasks)) {
      new CronJob(this, name, {
        schedule: new Cron({ minute: '10', hour }),
        automountServiceAccountToken: name === 'cleanup',
        containers: [{ image, command: [...command], securityContext: { readOnlyRootFilesystem: false } }],
      });
    }
    for (const name of ['migrate', 'seed']) {
      new Job(this, name, {
        containers: [{ image: 'registry.acme.example/shop/orders:latest', args: [name], securityContext: { user: 0, ensureNonRoot: false } }],
      });
    }
  }
}
