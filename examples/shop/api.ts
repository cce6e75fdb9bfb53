import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseChart } from './database';
import { images } from './images';
import {
  ContainerRestartPolicy, Deployment, EnvValue, HorizontalPodAutoscaler, Metric, MetricTarget, Probe, Service, ServiceAccount,
} from '../../src';

export interface ApiChartProps extends ChartProps {
  readonly database: DatabaseChart;
}

/** The back end of the shop: grows with its load, and hands its metrics to a sidecar. */
export class ApiChart extends Chart {
  public readonly deployment: Deployment;
  public readonly service: Service;

  public constructor(scope: Construct, id: string, { database, ...props }: ApiChartProps) {
    super(scope, id, props);
    this.deployment = new Deployment(this, 'api', {
      spread: true,
      serviceAccount: new ServiceAccount(this, 'account'),
      initContainers: [{
        name: 'metrics',
        image: images.statsdExporter,
        restartPolicy: ContainerRestartPolicy.ALWAYS,
      }],
      containers: [{
        image: images.api,
        portNumber: 8080,
        envVariables: { ...database.clientEnvironment, STATSD_ADDRESS: EnvValue.fromValue('localhost:9125') },
        writablePaths: ['/tmp'],
        readiness: Probe.fromHttpGet('/ready', { port: 8080 }),
        liveness: Probe.fromHttpGet('/live', { port: 8080 }),
      }],
    });
    this.deployment.connections.allowTo(database.server);
    this.service = this.deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
    new HorizontalPodAutoscaler(this, 'autoscaler', {
      target: this.deployment,
      minReplicas: 2,
      maxReplicas: 20,
      metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    });
  }
}
