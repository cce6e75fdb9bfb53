import { Chart, Size } from 'cdk8s';
import { EmptyDirMedium, EnvValue, Service, StatefulSet, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

interface Store {
  readonly image: string;
  readonly port: number;
  readonly folder: string;
}

const stores: Record<string, Store> = {
  postgres: { image: 'postgres:15', port: 5432, folder: '/var/lib/postgresql/data' },
  redis: { image: 'redis:7.2-alpine', port: 6379, folder: '/data' },
  rabbitmq: { image: 'rabbitmq:3.12-management', port: 5672, folder: '/var/lib/rabbitmq' },
  elasticsearch: { image: 'docker.elastic.co/elasticsearch/elasticsearch:8.11.1', port: 9200, folder: '/usr/share/elasticsearch/data' },
  minio: { image: 'quay.io/minio/minio:latest', port: 9000, folder: '/export' },
  memcached: { image: 'memcached:1.6', port: 11211, folder: '/tmp' },
};

/** Where the shop keeps things; the volumes are a test environment's. */
export class Data extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'data' });
    for (const [name, { image, port, folder }] of Object.entries(stores)) {
      const volume = Volume.fromEmptyDir(this, `${name}-volume`, 'data', { medium: EmptyDirMedium.DEFAULT, sizeLimit: Size.gibibytes(4) });
      new StatefulSet(this, name, {
        service: new Service(this, `${name}-service`, { ports: [{ port }] }),
        containers: [{
          image,
          portNumber: port,
          envVariables: { TZ: EnvValue.fromValue('UTC') },
          volumeMounts: [{ path: folder, volume }],
          // The entrypoints change the owner of the folder, and then the user.
          securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
        }],
      });
    }
  }
}
