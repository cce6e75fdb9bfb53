import { parseImageUser } from '../../image/user';
import { listed, quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { lockedContainers } from '../locked-containers';
import { linuxPlatformsOf, NamedPlatform, sharedUser } from '../locked-facts';
import { nodePlatformsOf } from '../node-platforms';
import { builtInRule } from '../rule';

const useANumber = 'use an image whose USER is a number above 0';

export const imageUser = builtInRule({
  id: 'image-user',
  summary: 'A container that must not run as root has a runAsUser, or its locked image has a number above 0 as its USER.',
  law: {
    fields: [
      'spec.containers[*].image',
      'spec.securityContext.runAsNonRoot',
      'spec.containers[*].securityContext.runAsNonRoot',
      'spec.securityContext.runAsUser',
      'spec.containers[*].securityContext.runAsUser',
    ],
    allowed: 'where runAsNonRoot is true and runAsUser is unset: a locked image whose USER is a number from 1 to 2147483647 on each Linux platform that the pod may run on',
    source: 'Kubernetes, pkg/kubelet/kuberuntime/security_context_others.go, verifyRunAsNonRoot',
  },
  why: 'With runAsNonRoot the kubelet looks at the USER of the image: it refuses root, and a name too, because a name may mean root. The pod is accepted and then never starts (CreateContainerConfigError).',
  fix: `${useANumber}, or set securityContext.runAsUser to a user that the image can run as`,
  profile: 'hardened',
  severity: 'low',
  references: {},
  examples: {
    bad: yaml`
      # images.lock.json: the user of the image is app, which is 1000 in its /etc/passwd
      securityContext: { runAsNonRoot: true }
      containers:
      - name: web
        image: ghcr.io/acme/cart:2.0.1@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # images.lock.json: the user of the image is app, which is 1000 in its /etc/passwd
      securityContext: { runAsNonRoot: true }
      containers:
      - name: web
        image: ghcr.io/acme/cart:2.0.1@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { runAsUser: 1000 }
    `,
  },
  *check(pod, context) {
    if (context.lock === undefined) return;
    const nodes = nodePlatformsOf(pod.spec, context);
    for (const { container, reference, image } of lockedContainers(pod, context.lock)) {
      const [own, inherited] = [container.securityContext, pod.spec.securityContext];
      if ((own?.runAsNonRoot ?? inherited?.runAsNonRoot) !== true) continue;
      // `run-as-user` judges the number.
      if ((own?.runAsUser ?? inherited?.runAsUser) !== undefined) continue;
      const platforms = linuxPlatformsOf(reference, image, nodes);
      const user = sharedUser(platforms);
      for (const [problem, names] of problemsOf(platforms)) {
        const where = names.length === platforms.length ? '' : ` on ${listed(names)}`;
        yield {
          message: `securityContext.runAsUser must be set, because ${quoted(image.reference)}${where} runs as ${problem}`,
          pointer: `${container.pointer}/securityContext/runAsUser`,
          container: container.label,
          detail: repositoryOf(reference),
          ...user !== undefined && { fix: `set securityContext.runAsUser: ${user}, which is the image's own user, or ${useANumber}` },
        };
      }
    }
  },
});

/** What is wrong with the user, by the problem: the platforms that have it. */
function problemsOf(platforms: readonly NamedPlatform[]): ReadonlyMap<string, readonly string[]> {
  const problems = new Map<string, string[]>();
  for (const [name, { user = '' }] of platforms) {
    const problem = problemOf(user);
    if (problem === undefined) continue;
    const names = problems.get(problem) ?? [];
    names.push(name);
    problems.set(problem, names);
  }
  return problems;
}

/** Why the kubelet starts no container with this user, in its own words; `undefined` where it does. */
function problemOf(user: string): string | undefined {
  const parsed = parseImageUser(user);
  if (parsed.kind === 'uid') return parsed.uid === 0 ? refused('root', 'image will run as root') : undefined;
  if (parsed.kind === 'invalid-uid') return refused(`user ${parsed.value}, which is no id`, `image has an invalid user id (${parsed.value})`);
  const name = quotedUpTo(40, parsed.name);
  return refused(`${name}, which is a name`, `image has non-numeric user (${name.slice(1, -1)}), cannot verify user is non-root`);
}

function refused(user: string, problem: string): string {
  return `${user}; the kubelet would start no container: "container has runAsNonRoot and ${problem}"`;
}
