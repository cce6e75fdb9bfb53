import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { Namespaces, NetworkPolicy, NetworkPolicyPort, NetworkPolicyTrafficDefault } from '../../src';

/** No pod of the namespace talks to another unless a chart says so; every pod may look up names. */
export class NetworkChart extends Chart {
  public constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    new NetworkPolicy(this, 'deny', {
      ingress: { default: NetworkPolicyTrafficDefault.DENY },
      egress: {
        default: NetworkPolicyTrafficDefault.DENY,
        rules: [{
          peer: Namespaces.select(this, 'dns', { names: ['kube-system'] }),
          ports: [NetworkPolicyPort.udp(53), NetworkPolicyPort.tcp(53)],
        }],
      },
    });
  }
}
