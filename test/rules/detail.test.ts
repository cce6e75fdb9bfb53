import { rules } from '../../src/rules';
import { Rule, RuleContext } from '../../src/rules/rule';
import { Changes, detailsOf, tweak } from '../support/pods';

const container = 'spec.containers.0';
const context = `${container}.securityContext`;
const image = (text: string): Changes => ({ [`${container}.image`]: text });
const volume = (source: Changes): Changes => ({ 'spec.volumes.1': { name: 'v', ...source } });
const run = (script: string): Changes => ({ [`${container}.command`]: ['sh', '-c', script] });
const sha = 'sha256:' + '0123456789abcdef'.repeat(4);

function details(rule: Rule, changes: Changes, known: Partial<RuleContext> = {}) {
  return detailsOf(rule, tweak(changes), known);
}

/** What makes a finding as bad as it is, rule by rule. */
const table: readonly (readonly [keyof typeof rules, Changes, readonly (string | undefined)[], Partial<RuleContext>?])[] = [
  ['host-process', { 'spec.securityContext.windowsOptions.hostProcess': true }, [undefined]],
  ['host-namespaces', { 'spec.hostNetwork': true, 'spec.hostPID': true }, ['hostNetwork', 'hostPID']],
  ['privileged', { [`${context}.privileged`]: true }, [undefined]],
  ['capabilities-baseline', { [`${context}.capabilities.add`]: ['SYS_ADMIN', 'cap_chown'] }, ['SYS_ADMIN', 'cap_chown']],
  ['capabilities-restricted', { [`${context}.capabilities`]: { add: ['CHOWN'] } }, [undefined, 'CHOWN']],
  ['host-path-volumes', volume({ hostPath: { path: '//data/./a/' } }), ['/data/a']],
  ['host-path-volumes', volume({ hostPath: {} }), [undefined]],
  ['host-path-volumes', { ...volume({ hostPath: { path: '/data' } }), [`${container}.volumeMounts`]: [{ name: 'v', mountPath: '/d' }] }, ['/data'],
    { hostPaths: [{ path: '/data', readOnly: true }] }],
  ['host-path', volume({ hostPath: { path: '/var/run/' } }), ['/run']],
  ['host-path', volume({ hostPath: { path: '/data/../etc' } }), ['/data/../etc']],
  ['host-path', { ...volume({ hostPath: { path: '/data' } }), [`${container}.volumeMounts`]: [{ name: 'v', mountPath: '/d' }] }, ['/data'],
    { hostPaths: [{ path: '/data', readOnly: true }] }],
  ['volume-types', volume({ nfs: { server: 'a', path: '/' } }), ['nfs']],
  ['volume-types', volume({ nfs: {}, hostPath: { path: '/data/' } }), ['hostPath,nfs /data']],
  ['volume-types', volume({ hostPath: {} }), ['hostPath not set']],
  ['host-ports', { [`${container}.ports`]: [{ containerPort: 80, hostPort: 8080 }] }, ['8080']],
  ['host-ports', { 'spec.hostNetwork': true, [`${container}.ports`]: [{ containerPort: 80 }] }, ['80']],
  ['host-probes', { [`${container}.livenessProbe.httpGet.host`]: '169.254.169.254' }, ['169.254.169.254']],
  ['host-probes', { [`${container}.livenessProbe.httpGet.host`]: 'u:pass@a' }, [expect.stringMatching(/^\(sha256 [0-9a-f]{64}\)$/) as string]],
  ['apparmor', { [`${context}.appArmorProfile.type`]: 'Unconfined' }, ['Unconfined']],
  ['apparmor', { 'spec.securityContext.appArmorProfile': {} }, [undefined]],
  ['apparmor', { 'metadata.annotations': { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' } }, ['unconfined']],
  ['apparmor', { 'metadata.annotations': { 'container.apparmor.security.beta.kubernetes.io/other': 'unconfined' } }, ['other unconfined']],
  ['selinux', { [`${context}.seLinuxOptions`]: { type: 'spc_t', user: 'u', role: 'r' } }, ['type spc_t', 'user u', 'role r']],
  ['proc-mount', { [`${context}.procMount`]: 'Unmasked' }, ['Unmasked']],
  ['proc-mount-restricted', { [`${context}.procMount`]: 'Unmasked' }, ['Unmasked']],
  ['seccomp-baseline', { [`${context}.seccompProfile.type`]: 'Unconfined' }, ['Unconfined']],
  ['seccomp-baseline', { 'metadata.annotations': { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } }, ['unconfined'], { kubernetesMinor: 18 }],
  ['seccomp-restricted', { 'spec.securityContext.seccompProfile': undefined }, [undefined, undefined, undefined]],
  ['sysctls', { 'spec.securityContext.sysctls': [{ name: 'kernel.msgmax', value: '1' }] }, ['kernel.msgmax']],
  ['privilege-escalation', { [`${context}.allowPrivilegeEscalation`]: true }, [undefined]],
  ['run-as-non-root', { [`${context}.runAsNonRoot`]: false }, [undefined]],
  ['run-as-user', { [`${context}.runAsUser`]: 0 }, [undefined]],
  ['read-only-root-filesystem', { [`${context}.readOnlyRootFilesystem`]: false }, [undefined]],
  ['service-account-token', { 'spec.automountServiceAccountToken': true }, ['default']],
  ['service-account-token', { 'spec.automountServiceAccountToken': true, 'spec.serviceAccountName': 'admin' }, ['admin']],
  ['service-account-token', { 'spec.automountServiceAccountToken': true, 'spec.serviceAccountName': '', 'spec.serviceAccount': 'old' }, ['old']],
  ['image-reference', image(''), [undefined]],
  ['image-reference', image('acme/web:$TAG'), ['acme/web']],
  ['image-reference', image('https://user:secret@host/shop'), [expect.stringMatching(/^\(sha256 [0-9a-f]{64}\)$/) as string]],
  ['image-digest', image('nginx:1.27'), ['docker.io/library/nginx']],
  ['image-tag', image(`nginx:latest@${sha}`), ['docker.io/library/nginx']],
  ['image-tag', image('ghcr.io/acme/web'), ['ghcr.io/acme/web']],
  ['image-registry', { 'spec.initContainers': undefined, 'spec.ephemeralContainers': undefined, ...image('ghcr.io/acme/web:1') }, ['ghcr.io/acme/web']],
  ['image-pull-policy', { [`${container}.imagePullPolicy`]: 'Never' }, ['ghcr.io/acme/web Never']],
  ['image-pull-policy', { [`${container}.imagePullPolicy`]: undefined, ...image('nginx:1') }, ['docker.io/library/nginx IfNotPresent']],
  ['startup-download', run('apt-get update && apt-get install -y git && pip install x'), ['apt-get', 'pip']],
  ['startup-download', run('curl -u me:secret https://a/b | sh'), ['curl']],
  ['startup-download', run('sh -c "$(wget -qO- https://a/b)"'), ['wget']],
  ['startup-download', run('curl -o x https://a/b; chmod +x x; ./x --password secret'), ['curl']],
  ['startup-download', run('pwsh -enc AAAA'), ['unreadable']],
];

// Each row in full: jest would take a parameter that a row does not fill for a callback.
test.each(table.map(([id, changes, expected, known = {}]) => [id, changes, expected, known] as const))('%s: %j', (id, changes, expected, known) => {
  expect(details(rules[id], changes, known)).toEqual(expected);
});
