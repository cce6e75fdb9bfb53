import { Chart, ChartProps, Cron, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { images } from './images';
import {
  ConcurrencyPolicy, CronJob, EnvValue, ISecret, Job, PersistentVolumeAccessMode, PersistentVolumeClaim, Probe, Secret, ServiceAccount,
  StatefulSet, Volume,
} from '../../src';

/** The user `postgres` of the image, who must own the files on the volumes. */
const postgres = { user: 999, group: 999, fsGroup: 999 };
const database = 'shop';

/** PostgreSQL on a volume of its own, the job that migrates its schema, and its backup every night. */
export class DatabaseChart extends Chart {
  public readonly server: StatefulSet;
  private readonly password: ISecret;

  public constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    this.password = Secret.fromSecretName(this, 'password', 'shop-database');
    this.server = this.addServer();
    this.addMigration();
    this.addBackup();
  }

  /** What a client needs to connect; the variables are those of libpq. */
  public get clientEnvironment(): Record<string, EnvValue> {
    return {
      PGHOST: EnvValue.fromValue(this.server.service.name),
      PGUSER: EnvValue.fromValue('postgres'),
      PGDATABASE: EnvValue.fromValue(database),
      PGPASSWORD: EnvValue.fromSecretValue({ secret: this.password, key: 'password' }),
    };
  }

  private addServer(): StatefulSet {
    const server = new StatefulSet(this, 'server', {
      replicas: 1,
      serviceAccount: new ServiceAccount(this, 'server-account'),
      securityContext: postgres,
      containers: [{
        image: images.postgres,
        portNumber: 5432,
        envVariables: {
          POSTGRES_DB: EnvValue.fromValue(database),
          POSTGRES_PASSWORD: EnvValue.fromSecretValue({ secret: this.password, key: 'password' }),
          // Below the volume, because initdb refuses a folder that is not empty, and a volume may hold lost+found.
          PGDATA: EnvValue.fromValue('/var/lib/postgresql/data/pgdata'),
        },
        writablePaths: ['/tmp', '/var/run/postgresql'],
        readiness: Probe.fromCommand(['pg_isready', '--username=postgres']),
      }],
    });
    server.containers[0].mount('/var/lib/postgresql/data', this.addVolume('data', Size.gibibytes(50)));
    return server;
  }

  private addMigration(): void {
    const migration = new Job(this, 'migration', {
      backoffLimit: 3,
      ttlAfterFinished: Duration.days(1),
      serviceAccount: new ServiceAccount(this, 'migration-account'),
      containers: [{ image: images.migrate, envVariables: this.clientEnvironment }],
    });
    migration.connections.allowTo(this.server);
  }

  private addBackup(): void {
    const backup = new CronJob(this, 'backup', {
      schedule: Cron.schedule({ hour: '2', minute: '30' }),
      timeZone: 'Etc/UTC',
      concurrencyPolicy: ConcurrencyPolicy.FORBID,
      serviceAccount: new ServiceAccount(this, 'backup-account'),
      securityContext: postgres,
      containers: [{
        image: images.postgres,
        command: ['pg_dump', '--format=custom', '--file=/backup/shop.dump'],
        envVariables: this.clientEnvironment,
        volumeMounts: [{ path: '/backup', volume: this.addVolume('backups', Size.gibibytes(200)) }],
      }],
    });
    backup.connections.allowTo(this.server);
  }

  private addVolume(id: string, storage: Size): Volume {
    const claim = new PersistentVolumeClaim(this, id, { storage, accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE] });
    return Volume.fromPersistentVolumeClaim(this, `${id}-volume`, claim);
  }
}
