import { Chart, ChartProps, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ApiChart } from './api';
import { images } from './images';
import {
  Deployment, EnvValue, Ingress, IngressBackend, Namespaces, PodConnectionsIsolation, Probe, Secret, ServiceAccount,
} from '../../src';

export interface StorefrontChartProps extends ChartProps {
  readonly api: ApiChart;
  readonly host: string;
}

/** What customers see: the only part of the shop that the world can reach. */
export class StorefrontChart extends Chart {
  public constructor(scope: Construct, id: string, { api, host, ...props }: StorefrontChartProps) {
    super(scope, id, props);
    const storefront = new Deployment(this, 'storefront', {
      replicas: 3,
      spread: true,
      serviceAccount: new ServiceAccount(this, 'account'),
      containers: [{
        image: images.storefront,
        portNumber: 8080,
        envVariables: { API_URL: EnvValue.fromValue(`http://${api.service.name}`) },
        writablePaths: ['/tmp', { path: '/var/cache/pages', sizeLimit: Size.mebibytes(512) }],
        readiness: Probe.fromHttpGet('/', { port: 8080 }),
      }],
    });
    storefront.connections.allowTo(api.deployment);
    storefront.connections.allowFrom(Namespaces.select(this, 'ingress-controller', { names: ['ingress-nginx'] }), {
      // The controller's own namespace is not ours to isolate.
      isolation: PodConnectionsIsolation.POD,
    });

    const ingress = new Ingress(this, 'ingress', {
      className: 'nginx',
      tls: [{ hosts: [host], secret: Secret.fromSecretName(this, 'certificate', 'shop-certificate') }],
    });
    ingress.addHostRule(host, '/', IngressBackend.fromService(storefront.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] })));
  }
}
