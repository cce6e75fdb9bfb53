import { median } from './measure';
import { readManifests } from '../src/manifest/read';
import { compilePolicy } from '../src/policy/compile';
import { judge } from '../src/policy/judge';

const image = `ghcr.io/acme/shop:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`;
const securityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] } };
const container = (name: string) => ({ name, image, imagePullPolicy: 'Always', ports: [{ containerPort: 8080 }], securityContext });

/** Two containers of a Deployment, all rules, none of them finding anything: what a healthy app costs. */
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    template: {
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        initContainers: [container('migrate')],
        containers: [container('main')],
      },
    },
  },
};

const rounds = 9;
const pods = 20_000;

export function rules(): void {
  const policy = compilePolicy({ registries: { 'ghcr.io/acme': {}, 'quay.io/acme': {} } });
  const [pod] = readManifests(deployment)[0].pods;
  const perSecond = (work: () => void): number => {
    const times = Array.from({ length: rounds }, () => {
      const start = process.hrtime.bigint();
      for (let i = 0; i < pods; i++) work();
      return Number(process.hrtime.bigint() - start) / 1e9;
    });
    return pods * pod.containers.length / median(times);
  };
  const all = perSecond(() => {
    for (const rule of policy.rules) {
      for (const fault of rule.check(pod, policy.context)) throw new Error(fault.message);
    }
  });
  const withReading = perSecond(() => judge(deployment, policy));
  console.log(`  ${policy.rules.length} rules alone: ${Math.round(all / 1000)},000 containers a second`);
  console.log(`  reading the manifest and judging it: ${Math.round(withReading / 1000)},000 containers a second`);
}
