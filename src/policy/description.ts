import { howToHandInRules, ruleProblems } from './own-rules';
import { defaultMovingTags } from './policy';
import { policyVoice } from './voice';
import { parseRegistryPattern } from '../image/pattern';
import { rules } from '../rules';
import { isSensitiveHostPath, normalizeHostPath } from '../rules/host-paths';
import { profiles } from '../rules/rule';
import { Description, flag, list, map, noted, Notes, record, text } from '../shape/description';
import { closest } from '../text/closest';
import { isDay } from '../text/dates';
import { quoted } from '../text/text';

function oneOf(...values: readonly string[]) {
  return text({ expected: values.map(quoted).join(' or '), among: values });
}

const words = text({ expected: 'a text that is not empty', pattern: /\S/ });

function says(title: string, description: string, example: unknown, fallback?: unknown): Notes {
  return { title, description, default: fallback, examples: [example] };
}

const version = text({
  expected: "'latest' or a version such as '1.33' (in quotes: YAML reads 1.30 as 1.3)",
  pattern: /^(latest|v?1\.(0|[1-9][0-9]{0,4}))$/,
});

/** As the OCI distribution specification has it. A pattern would match no tag, and its author would believe otherwise. */
const tag = text({ expected: 'a tag, without wildcards', pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/ });

/** A DNS subdomain (RFC 1123), as Kubernetes demands of a Secret's name. */
const secretName = text({
  expected: "the name of a Secret: lower-case letters, digits, '-' and '.'",
  longest: 253,
  pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
});

function whyNoRegistry(name: string): string | undefined {
  try {
    parseRegistryPattern(name);
    return undefined;
  } catch (error) {
    return `cannot be used: ${(error as Error).message}`;
  }
}

const label = '[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?';
const segment = '[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*';
/** A first segment with a dot or a colon, or `localhost`: what has neither is a name of Docker Hub. */
const namesRegistry = '(?=[^/]*[.:]|[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt](/|$))';
const port = '(:[0-9]+)?';

/** The last two labels of the host are literal. */
const twoLabels = '(?!([^/:]*\\.)?\\*(\\.[^./:]*)?([:/]|$))';
const registryName = text({
  expected: 'a registry, host[:port][/path…]',
  longest: 1024,
  pattern: new RegExp(`^${namesRegistry}${twoLabels}(\\[[0-9A-Fa-f:]+\\]|(\\*|${label})(\\.(\\*|${label}))*)${port}(/(\\*|${segment}))*$`),
  why: whyNoRegistry,
  beyond: whyNoRegistry,
});

/** A place to read images from; one with a wildcard is none. */
const mirror = text({
  expected: 'a mirror such as "mirror.example/hub"',
  longest: 1024,
  pattern: new RegExp(`^${namesRegistry}(\\[[0-9A-Fa-f:]+\\]|${label}(\\.${label})*)${port}(/${segment})*$`),
  why: (name) => whyNoRegistry(name) ?? `must not have "*", because it is one place to read from, it is ${quoted(name)}`,
  beyond: whyNoRegistry,
});

const registry = noted(record({
  pullPolicy: noted(oneOf('Always', 'IfNotPresent'), says('Pull policy',
    "'Always': each container must say Always. 'IfNotPresent': both are accepted. Without it, Always is demanded where there is a pull secret or the image is not pinned.",
    'IfNotPresent')),
  pullSecret: noted(secretName, says('Pull secret',
    'Name of the Secret that each pod with such an image must reference in imagePullSecrets.', 'regcred')),
  mirrors: noted(list(mirror, { ifEmpty: 'must not be empty; leave it out to ask the registry itself' }), says('Mirrors',
    "The mirrors that 'cdk8s-hardened lock' asks before the registry, in this order: host[:port][/path…]. What a pod pulls from, the nodes decide.",
    ['mirror.example/hub', 'localhost:5000'])),
}, [], { name: 'registry' }), { title: 'Registry', description: 'How images of this registry are pulled; {} to say nothing.' });

const noPath = "must be an absolute path without '..'";
const hostPathName = text({
  expected: noPath,
  longest: 4096,
  pattern: /^(?!([\s\S]*[\\/])?\.\.([\\/]|$))(\/|[A-Za-z]:([\\/]|$))/,
  why: whyNoHostPath,
  beyond: whyNoHostPath,
});

function whyNoHostPath(name: string): string | undefined {
  const path = normalizeHostPath(name);
  if (path === undefined) return noPath;
  return isSensitiveHostPath(path) ? 'is a sensitive path; no policy allows it, only an exemption of the rule host-path does' : undefined;
}

const hostPath = noted(record({
  readOnly: noted(flag, says('Read-only', 'Whether each mount of it must be read-only.', false, true)),
}, [], { name: 'hostPath' }), { title: 'Host path', description: 'How the path may be mounted; {} for reading only.' });

/** An exemption of a rule that does not exist excuses nothing, and its author believes otherwise. */
function exemptible(own: readonly string[] | 'any'): Description<string> {
  if (own === 'any') return words;
  return text({
    expected: 'a text that is not empty',
    among: [...Object.keys(rules).filter((id) => id !== 'manifest'), ...own],
    why: (id) => {
      if (id === 'manifest') return "must not be 'manifest': what cannot be read cannot be judged, so it cannot be excused";
      if (id.trim() === '') return undefined;
      const near = closest(id, Object.keys(rules));
      return `${quoted(id)} is no rule${near ? `; did you mean ${near}?` : `; one of your own must be handed in: ${howToHandInRules}`}`;
    },
  });
}

const selectors = ['kind', 'namespace', 'name', 'container'] as const;
const exemption = (own: readonly string[] | 'any') => noted(record({
  rule: noted(exemptible(own), says('Rule',
    'The id of the rule; there is no exemption from manifest, because what cannot be read cannot be judged.', 'host-path')),
  kind: noted(words, says('Kind', 'Kind of the object.', 'DaemonSet')),
  namespace: noted(words, says('Namespace', 'Namespace of the object.', 'monitoring')),
  name: noted(words, says('Name', 'Name of the object.', 'node-agent')),
  container: noted(words, says('Container',
    'Name of the only container that is excused; without it, the pod and all its containers are.', 'agent')),
  reason: noted(words, says('Reason', 'Why the finding is accepted, for whoever reads the report.', 'reads the logs of the node')),
  owner: noted(words, says('Owner', 'Who answers for it.', 'team-platform')),
  until: noted(text({
    expected: 'a day such as 2030-12-31',
    pattern: /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/,
    beyond: (value) => isDay(value) ? undefined : policyVoice.wrong('a day such as 2030-12-31', value),
  }), says('Until', 'The last day it holds, in UTC; without it, it does not end.', '2030-12-31')),
}, ['rule', 'reason'], {
  name: 'exemption',
  anyOf: { keys: selectors, problem: `names no object; give at least one of ${selectors.join(', ')}` },
}), {
  title: 'Exemption',
  description: 'It holds for every object that all its selectors (kind, namespace, name, container) name; at least one is needed.',
});

/**
 * A policy, as a file has it and as TypeScript does.
 *
 * @param own the ids of rules of one's own, which an exemption may name; `any` for what judges nothing and does not know them
 */
export function policyDescription(own: readonly string[] | 'any' = []): Description {
  return noted(record({
    profile: noted(oneOf(...profiles), says('Profile',
      "The rules that hold: 'baseline' and 'restricted' are the Pod Security Standards; 'hardened' adds the rules for images, host paths, service account tokens and start-up downloads.",
      'restricted', 'hardened')),
    kubernetesVersion: noted(version, says('Kubernetes version',
      'The version of the cluster, in quotes: YAML reads 1.30 as 1.3. One newer than the newest known is judged as the newest known.', '1.33', 'latest')),
    registries: noted(map(registryName, registry, { meaning: (name) => parseRegistryPattern(name).text }), says('Registries',
      "The trusted registries and repositories, host[:port][/path…]. '*' stands for one host label or one path segment. Where several match an image, the most exact one counts.",
      { 'ghcr.io/acme': { pullSecret: 'regcred' }, 'docker.io/library': { pullPolicy: 'IfNotPresent' } }, {})),
    hostPaths: noted(map(hostPathName, hostPath, { meaning: (name) => normalizeHostPath(name)! }), says('Host paths',
      "Paths of the node that pods may mount, with all below them. A sensitive path, such as /etc or a runtime's socket, needs an exemption instead.",
      { '/data/cache': {}, '/var/lib/node-agent': { readOnly: false } }, {})),
    movingTags: noted(list(tag), says('Moving tags',
      `Tags that are no version because they move, in any letter case. They take the place of the default list, which is: ${defaultMovingTags.join(', ')}.`,
      ['latest', 'main', 'stable'])),
    serviceAccountToken: noted(oneOf('forbidden', 'allowed'), says('Service account token',
      'Whether pods may have the token of their service account mounted.', 'allowed', 'forbidden')),
    exemptions: noted(list(exemption(own)), says('Exemptions',
      'Decisions to accept a finding. One that is past its last day, or that excuses nothing, is itself an error.',
      [{ rule: 'host-path', kind: 'DaemonSet', name: 'node-agent', reason: 'reads the logs of the node', owner: 'team-platform', until: '2030-12-31' }], [])),
    ignoreAnnotations: noted(flag, says('Ignore annotations',
      'Whether the annotation ignore.cdk8s-hardened/<rule>: <reason> on a resource or its pod template exempts it from that rule. Whoever writes the manifest then decides.',
      true, false)),
    rules: { is: 'code', beyond: ruleProblems },
  }, []), { title: 'Policy of cdk8s-hardened', description: 'What a platform team allows. Everything that is not named here is refused.' });
}
