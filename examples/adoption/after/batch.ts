import { Chart, Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { CronJob, exempt, Job, PinnedImage } from '../../../src';

interface Task {
  readonly image: PinnedImage;
  readonly command: readonly string[];
  readonly hour: string;
}

const tasks: Record<string, Task> = {
  invoices: { image: 'registry.acme.example/batch/invoices:1.8.0@sha256:229f57c0cb16c6fb14e6030e0f4ce6bee590c120f1a4ed76183ff3459d8281dc', command: ['invoices', '--yesterday'], hour: '1' },
  // The image has what the command used to install.
  reports: { image: 'registry.acme.example/batch/reports:1.0.0@sha256:28048dae48be1fa5a07563653578f80db3377e3da61be99dac6e7c4d6c3d8a45', command: ['python', '/reports.py'], hour: '2' },
  reindex: { image: 'registry.acme.example/batch/reindex:0.4.1@sha256:a450a3123b86828782e3f7543a25c49e650449f96e61279428dfcab10d947eca', command: ['reindex'], hour: '3' },
  thumbnails: { image: 'registry.acme.example/batch/thumbnails:2.3.0@sha256:673444bee99b1fd8ecd231fd00b8a023d4493cef29caaaee7d985deb93bab1c0', command: ['thumbnails'], hour: '4' },
  cleanup: {
    image: 'registry.acme.example/mirror/kubectl:1.28.8@sha256:88e4a096b127a6c4556e5ed9ef06508a963dc5f200303d68378344b6bda54b4e',
    command: ['kubectl', 'delete', 'pods', '--field-selector=status.phase=Failed'],
    hour: '5',
  },
  backup: { image: 'registry.acme.example/mirror/postgres:15.6@sha256:eab7964086811af630347c2e01b346521cb6c862524cf1859f9ae573404fdfd2', command: ['sh', '-c', 'pg_dumpall > /tmp/all.sql'], hour: '6' },
  newsletter: { image: 'ghcr.io/acme/newsletter:1.0.2@sha256:b6480bec10d036ec3c2250c10b8d8e903af465c377b900ac302c8331c0caaec1', command: ['newsletter', 'send'], hour: '7' },
  stock: { image: 'ghcr.io/acme/stock:2.2.0@sha256:c07577ce78ebd444a71b47e9aefc10de894b28733f170b84954c687052fa0247', command: ['stock', 'sync'], hour: '*' },
};

/** What runs at night, and two jobs of every release. */
export class Batch extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'batch' });
    for (const [name, { image, command, hour }] of Object.entries(tasks)) {
      const job = new CronJob(this, name, {
        schedule: new Cron({ minute: '10', hour }),
        automountServiceAccountToken: name === 'cleanup',
        containers: [{ image, command: [...command], writablePaths: ['/tmp'] }],
      });
      if (name !== 'cleanup') continue;
      exempt(job, {
        rule: 'service-account-token',
        reason: 'deletes the pods that failed, through the API server',
        owner: 'platform',
        until: '2031-03-31',
      });
    }
    for (const name of ['migrate', 'seed']) {
      new Job(this, name, {
        containers: [{ image: 'registry.acme.example/shop/orders:6.3.1@sha256:1c2a7c601b933814f3f4b732832760344696891898efb26a077590316e2501af', args: [name] }],
      });
    }
  }
}
