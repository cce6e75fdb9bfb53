import { fence } from './scratch';

const digest = `sha256:${'0'.repeat(64)}`;

/** What is written into the project, by file name. */
export const sources = {
  'main.ts': fence('README.md', 'Use', 'ts'),
  'hardened.yaml': 'registries:\n  ghcr.io/acme: {}\n',
  'old.ts': `
    import { Chart } from 'cdk8s';
    import { App } from 'cdk8s-hardened';
    import { Deployment } from 'cdk8s-hardened/compat';
    const app = new App({ policy: { registries: { 'ghcr.io/acme': {} } } });
    new Deployment(new Chart(app, 'shop'), 'web', { containers: [{ image: 'nginx' }] });
    app.synth();`,
  'plain.ts': `
    import { App, Chart } from 'cdk8s';
    import { Deployment } from 'cdk8s-plus-28';
    const app = new App();
    new Deployment(new Chart(app, 'shop'), 'web', { containers: [{ image: 'nginx' }] });
    app.synth();`,
  'strict.ts': `
    import { ContainerProps } from 'cdk8s-hardened';
    // @ts-expect-error -- it has no digest
    export const refused: ContainerProps = { image: 'nginx:1.27' };
    export const accepted: ContainerProps = { image: 'nginx:1.27@${digest}' };`,
  'policy.test.ts': `
    import { Chart, Testing } from 'cdk8s';
    import { Deployment } from 'cdk8s-hardened';
    import 'cdk8s-hardened/jest';
    test('matchers', () => {
      const app = Testing.app();
      new Deployment(new Chart(app, 'shop'), 'web', { containers: [{ image: 'ghcr.io/acme/web:1.4.2@${digest}' }] });
      expect(app).toSatisfyPolicy({ registries: { 'ghcr.io/acme': {} } });
      expect(app).toViolate('image-registry', {});
      expect(() => expect(app).toSatisfyPolicy({})).toThrow('image must be from a trusted registry');
    });`,
};

/** A pod in which the policy of the project finds nothing, and more in the security context of its container. */
export function pod(more = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: web
      image: ghcr.io/acme/web:1.4.2@${digest}
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] }${more} }
`;
}
