import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { EmptyDirMedium, EnvValue, PinnedImage, Service, StatefulSet, Volume } from '../../../src';

interface Store {
  readonly image: PinnedImage;
  readonly port: number;
  readonly folder: string;
  /** The user that the image has for it. */
  readonly user: number;
  readonly writablePaths?: readonly string[];
}

const stores: Record<string, Store> = {
  postgres: {
    image: 'registry.acme.example/mirror/postgres:15.6@sha256:eab7964086811af630347c2e01b346521cb6c862524cf1859f9ae573404fdfd2',
    port: 5432,
    folder: '/var/lib/postgresql/data',
    user: 999,
    writablePaths: ['/tmp', '/var/run/postgresql'],
  },
  redis: { image: 'registry.acme.example/mirror/redis:7.2.4@sha256:e732bcafad918f075ac646d97943b60b3907eae92cfc493e7cc7ab64e2e47034', port: 6379, folder: '/data', user: 999 },
  rabbitmq: {
    image: 'registry.acme.example/mirror/rabbitmq:3.12.13@sha256:0d94e6b905cba5cc4509c2777d8c77b4d6b6552e19385dae1518328ee380c34f',
    port: 5672,
    folder: '/var/lib/rabbitmq',
    user: 999,
    writablePaths: ['/var/log/rabbitmq'],
  },
  elasticsearch: {
    image: 'registry.acme.example/mirror/elasticsearch:8.11.1@sha256:1d3251d7c613cbde45f8a5e0b6ab11ef89bb16bfae3228e2594e5beb9b782b61',
    port: 9200,
    folder: '/usr/share/elasticsearch/data',
    user: 1000,
    writablePaths: ['/tmp', '/usr/share/elasticsearch/logs'],
  },
  minio: { image: 'registry.acme.example/mirror/minio:2024.3.15@sha256:272ab8022d585586a73fbab94700481a9e6143cdec48da6ec90d4dd91e0d9c2a', port: 9000, folder: '/export', user: 1000 },
  memcached: { image: 'registry.acme.example/mirror/memcached:1.6.26@sha256:7d632b24d66ac10d847353ae14d29fa7f204e3baccd9f83cd0a4692f39ae6764', port: 11211, folder: '/tmp', user: 11211 },
};

/** Where the shop keeps things; the volumes are a test environment's. */
export class Data extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'data' });
    for (const [name, { image, port, folder, user, writablePaths }] of Object.entries(stores)) {
      const volume = Volume.fromEmptyDir(this, `${name}-volume`, 'data', { medium: EmptyDirMedium.DEFAULT, sizeLimit: Size.gibibytes(4) });
      new StatefulSet(this, name, {
        service: new Service(this, `${name}-service`, { ports: [{ port }] }),
        // The kubelet gives the folder to the group, so that no entrypoint has to.
        securityContext: { fsGroup: user },
        containers: [{
          image,
          portNumber: port,
          envVariables: { TZ: EnvValue.fromValue('UTC') },
          volumeMounts: [{ path: folder, volume }],
          writablePaths,
          securityContext: { user },
        }],
      });
    }
  }
}
