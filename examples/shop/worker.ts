import { Chart, ChartProps, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseChart } from './database';
import { images } from './images';
import { Cpu, Deployment, EmptyDirMedium, Probe, ServiceAccount } from '../../src';

export interface WorkerChartProps extends ChartProps {
  readonly database: DatabaseChart;
}

/** Takes orders from the queue in the database and writes the invoices. */
export class WorkerChart extends Chart {
  public constructor(scope: Construct, id: string, { database, ...props }: WorkerChartProps) {
    super(scope, id, props);
    const worker = new Deployment(this, 'worker', {
      replicas: 2,
      serviceAccount: new ServiceAccount(this, 'account'),
      containers: [{
        image: images.worker,
        envVariables: database.clientEnvironment,
        resources: {
          cpu: { request: Cpu.millis(250), limit: Cpu.units(1) },
          memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
        },
        // Invoices have names and addresses in them: they are typeset in memory and never reach the disk of a node.
        writablePaths: [{ path: '/tmp', medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(128) }],
        liveness: Probe.fromCommand(['/app/worker', '--healthy']),
      }],
    });
    worker.connections.allowTo(database.server);
  }
}
