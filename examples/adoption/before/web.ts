import { Chart } from 'cdk8s';
import { Deployment, EnvValue, ImagePullPolicy } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

interface Service {
  readonly image: string;
  readonly port: number;
  /** Its image starts as root. */
  readonly isRoot?: boolean;
  /** It writes where it likes. */
  readonly writes?: boolean;
}

const services: Record<string, Service> = {
  storefront: { image: 'registry.acme.example/shop/storefront:3.2.0', port: 3000, writes: true },
  catalogue: { image: 'registry.acme.example/shop/catalogue:1.14.2', port: 8080 },
  search: { image: 'registry.acme.example/shop/search:2.0.1', port: 8080 },
  cart: { image: 'registry.acme.example/shop/cart:1.9.0', port: 8080 },
  checkout: { image: 'registry.acme.example/shop/checkout:4.1.3', port: 8080 },
  payments: { image: 'registry.acme.example/shop/payments:2.7.0', port: 8443 },
  orders: { image: 'registry.acme.example/shop/orders:latest', port: 8080 },
  shipping: { image: 'registry.acme.example/shop/shipping', port: 8080 },
  returns: { image: 'registry.acme.example/shop/returns:stable', port: 8080 },
  accounts: { image: 'registry.acme.example/shop/accounts:1.3.8', port: 8080 },
  login: { image: 'ghcr.io/acme/login:5.0.0', port: 8080 },
  mailer: { image: 'ghcr.io/acme/mailer:1.1.0', port: 8025, writes: true },
  reviews: { image: 'ghcr.io/acme/reviews:0.9.4', port: 8080 },
  recommendations: { image: 'ghcr.io/acme/recommendations:main', port: 5000, writes: true },
  images: { image: 'docker.io/library/nginx:1.25', port: 80, isRoot: true, writes: true },
  assets: { image: 'nginx', port: 80, isRoot: true, writes: true },
  wiki: { image: 'requarks/wiki:2.5', port: 3000, writes: true },
  dashboard: { image: 'grafana/grafana:10.4.2', port: 3000 },
};

/** What customers and colleagues see. */
export class Web extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    for (const [name, { image, port, isRoot, writes }] of Object.entries(services)) {
      const deployment = new Deployment(this, name, {
        replicas: 2,
        containers: [{
          image,
          portNumber: port,
          imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
          envVariables: { LOG_LEVEL: EnvValue.fromValue('info') },
          securityContext: {
            ...isRoot && { ensureNonRoot: false },
            ...writes && { readOnlyRootFilesystem: false },
          },
        }],
      });
      deployment.exposeViaService({ ports: [{ port }] });
    }
  }
}
