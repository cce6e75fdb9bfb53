import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Deployment, EnvValue, ImagePullPolicy, PinnedImage } from '../../../src';

interface Service {
  readonly image: PinnedImage;
  readonly port: number;
  readonly writablePaths?: readonly string[];
}

// The digests are invented, so that nobody runs an example by accident.
const services: Record<string, Service> = {
  storefront: {
    image: 'registry.acme.example/shop/storefront:3.2.0@sha256:201a3ab5ca7a58f0a65e4c368cc444d56e3180d1e6b8947871fe3acc180a0974',
    port: 3000,
    writablePaths: ['/app/.next/cache'],
  },
  catalogue: { image: 'registry.acme.example/shop/catalogue:1.14.2@sha256:653269588001ff2c247ac407bc19562a66e7277e25cb05310fa883ecbfde3451', port: 8080 },
  search: { image: 'registry.acme.example/shop/search:2.0.1@sha256:1c91040104f7a15196297877572a6d3988d49ed3a4d346a1d564336ae0789079', port: 8080 },
  cart: { image: 'registry.acme.example/shop/cart:1.9.0@sha256:e59dc5daeb1598714b5d483f4719699664d573921ddc2229301bb7ddbd6fd805', port: 8080 },
  checkout: { image: 'registry.acme.example/shop/checkout:4.1.3@sha256:0cbac1934228bea52aba2756702136172b2d4b536ba28a9d689e5ef3766ab9a8', port: 8080 },
  payments: { image: 'registry.acme.example/shop/payments:2.7.0@sha256:caacd7253f6daf728db23b45e73ab03de43f855483a69447d6e8124fbb1067ba', port: 8443 },
  orders: { image: 'registry.acme.example/shop/orders:6.3.1@sha256:1c2a7c601b933814f3f4b732832760344696891898efb26a077590316e2501af', port: 8080 },
  shipping: { image: 'registry.acme.example/shop/shipping:1.2.0@sha256:7101a09e85f52031479d446467fb84b02cdd5dd732a8b636e3d3de55886a3851', port: 8080 },
  returns: { image: 'registry.acme.example/shop/returns:0.8.5@sha256:a78cf717a0ff297bec0765aed5619850b7d344afb3a3001b94d836c501a6b73e', port: 8080 },
  accounts: { image: 'registry.acme.example/shop/accounts:1.3.8@sha256:5743f3468427f27cf020e0ed2ce91c13197f45edc6d1bb67614d6a04cee9af89', port: 8080 },
  login: { image: 'ghcr.io/acme/login:5.0.0@sha256:c6b88a8e5195ee0c4ca36e477a6e9cdcb51d0a9163a1272263f65ce4f4d985e2', port: 8080 },
  mailer: { image: 'ghcr.io/acme/mailer:1.1.0@sha256:f13746208e8aa58778b178a3fecc3f89c6d7e29409d541658eeef60bb0929e53', port: 8025, writablePaths: ['/spool'] },
  reviews: { image: 'ghcr.io/acme/reviews:0.9.4@sha256:fa96be42367752dde636588bf8a385549dfc792f3360a79ced4f256bb491f519', port: 8080 },
  recommendations: {
    image: 'ghcr.io/acme/recommendations:0.12.0@sha256:f18e3824d02f97fd7c536b2f54344ad3ed44724730d1f3731078d9f823cf7165',
    port: 5000,
    writablePaths: ['/tmp'],
  },
  images: {
    image: 'registry.acme.example/mirror/nginx-unprivileged:1.25.5@sha256:ac8ec261282e2e9ba59bbbef8e854b878b8641655591a46b3acb04246fa98df1',
    port: 8080,
    writablePaths: ['/tmp', '/var/cache/nginx'],
  },
  assets: {
    image: 'registry.acme.example/mirror/nginx-unprivileged:1.25.5@sha256:ac8ec261282e2e9ba59bbbef8e854b878b8641655591a46b3acb04246fa98df1',
    port: 8080,
    writablePaths: ['/tmp', '/var/cache/nginx'],
  },
  wiki: { image: 'registry.acme.example/mirror/wiki:2.5.303@sha256:1d0eabff79cd094d418f72a523eed93c2bcf89fd02e7ac7a8d20263d918c9ee6', port: 3000, writablePaths: ['/wiki/data'] },
  dashboard: { image: 'registry.acme.example/mirror/grafana:10.4.2@sha256:45a16a0bbf229c08ca65c7da06ad0d31bd52d1f76212aa6e8ae009c57252a80f', port: 3000 },
};

/** What customers and colleagues see. */
export class Web extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    for (const [name, { image, port, writablePaths }] of Object.entries(services)) {
      const deployment = new Deployment(this, name, {
        replicas: 2,
        containers: [{
          image,
          portNumber: port,
          imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
          envVariables: { LOG_LEVEL: EnvValue.fromValue('info') },
          writablePaths,
        }],
      });
      deployment.exposeViaService({ ports: [{ port }] });
    }
  }
}
