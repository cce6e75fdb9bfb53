import { RuleContext } from './rule';
import { NodeSelectorTerm, PodSpec } from '../manifest/pod-shape';

/** A platform that a pod names, or the half of it that it names. */
export interface AskedPlatform {
  readonly os?: string;
  readonly architecture?: string;
}

/** On which platforms a pod may run, as far as its own fields say; where they say nothing, that is every platform. */
export interface NodePlatforms {
  /** The platforms that are named, each once and at most a hundred; what is only excluded is not among them. */
  readonly asked: readonly AskedPlatform[];
  /** Whether the pod may run on a platform, named as the lock has it: `linux/arm/v7`. Nodes are not labelled with the variant. */
  allows(name: string): boolean;
}

/** The fields of a pod that say on which platforms it may run. */
type Placement = Pick<PodSpec, 'affinity' | 'nodeSelector' | 'os'>;

/** Go has some fifteen systems and twenty architectures, and no image is for as many. */
const mostAsked = 100;

/** What a label of a node may be: one of `only`, where that is there, and none of `not`. */
interface Values {
  only?: ReadonlySet<string>;
  readonly not: Set<string>;
}

/** What has to hold together. */
interface Term {
  readonly os: Values;
  readonly architecture: Values;
}

const labels: ReadonlyMap<string, keyof Term> = new Map([
  ['kubernetes.io/os', 'os'],
  ['beta.kubernetes.io/os', 'os'],
  ['kubernetes.io/arch', 'architecture'],
  ['beta.kubernetes.io/arch', 'architecture'],
]);

/**
 * Reads `nodeSelector`, the required `nodeAffinity` and `os.name` as the scheduler and the kubelet do: the selector, one of the terms
 * of the affinity and the name must all hold, and each expression of a term. A label of another name, and a field, may be anything.
 *
 * @see https://github.com/kubernetes/kubernetes, staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity
 */
export function nodePlatformsOf(spec: Placement, context: RuleContext): NodePlatforms {
  // Most pods: nothing is made for them.
  if (spec.nodeSelector === undefined && spec.affinity === undefined && spec.os === undefined) return everywhere;
  const terms = termsOf(spec, context);
  const known = new Map<string, boolean>();
  return {
    asked: askedIn(terms),
    allows: (name) => {
      const [os, architecture] = halvesOf(name);
      const key = `${os}/${architecture}`;
      const allowed = known.get(key) ?? terms.some((term) => accepts(term.os, os) && accepts(term.architecture, architecture));
      known.set(key, allowed);
      return allowed;
    },
  };
}

/** Where a pod may run that says nothing of platforms. */
export const everywhere: NodePlatforms = { asked: [], allows: () => true };

/** Whether one of the platforms, named as the lock has them, is the one that is asked for; the half that is not named may be anything. */
export function hasPlatform(names: readonly string[], { os, architecture }: AskedPlatform): boolean {
  return names.some((name) => {
    const [ownOs, ownArchitecture] = halvesOf(name);
    return (os ?? ownOs) === ownOs && (architecture ?? ownArchitecture) === ownArchitecture;
  });
}

function halvesOf(name: string): readonly string[] {
  return name.split(/[/:]/, 2);
}

function termsOf(spec: Placement, context: RuleContext): readonly Term[] {
  const written = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (written === undefined) return [baseOf(spec, context)];
  return (written.nodeSelectorTerms ?? []).filter(saysSomething).map((expressions) => {
    const term = baseOf(spec, context);
    for (const { key = '', operator, values } of expressions.matchExpressions ?? []) {
      const half = labels.get(key);
      if (half !== undefined) narrow(term[half], operator, values ?? []);
    }
    return term;
  });
}

/** A term without expressions and fields matches no node. */
function saysSomething({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean {
  return matchExpressions.length + matchFields.length > 0;
}

/** What holds for every term. */
function baseOf({ nodeSelector = {}, os }: Placement, { kubernetesMinor }: RuleContext): Term {
  const base: Term = { os: { not: new Set() }, architecture: { not: new Set() } };
  for (const [label, half] of labels) {
    if (nodeSelector[label] !== undefined) narrow(base[half], 'In', [nodeSelector[label]]);
  }
  // An older API server drops the field.
  if (os?.name && kubernetesMinor >= 25) narrow(base.os, 'In', [os.name]);
  return base;
}

function narrow(values: Values, operator: string | undefined, given: readonly string[]): void {
  switch (operator) {
    case 'In': {
      const { only } = values;
      const named = new Set(given);
      values.only = only === undefined ? named : new Set([...only].filter((value) => named.has(value)));
      return;
    }
    case 'NotIn':
      for (const value of given) values.not.add(value);
      return;
    // Each node has these labels, and none is a number.
    case 'DoesNotExist':
    case 'Gt':
    case 'Lt':
      values.only = new Set();
      return;
    default:
      // `Exists` holds on each node; what is no operator the API server refuses.
  }
}

function accepts({ only, not }: Values, value: string): boolean {
  return (only === undefined || only.has(value)) && !not.has(value);
}

function askedIn(terms: readonly Term[]): readonly AskedPlatform[] {
  const asked = new Map<string, AskedPlatform>();
  for (const { os, architecture } of terms) {
    for (const ownOs of namedBy(os)) {
      for (const ownArchitecture of namedBy(architecture)) {
        if (asked.size === mostAsked) return [...asked.values()];
        if (ownOs === undefined && ownArchitecture === undefined) continue;
        asked.set(JSON.stringify([ownOs, ownArchitecture]), { os: ownOs, architecture: ownArchitecture });
      }
    }
  }
  return [...asked.values()];
}

/** The values that are named; `undefined`, once, where none has to be. */
function namedBy({ only, not }: Values): readonly (string | undefined)[] {
  return only === undefined ? [undefined] : [...only].filter((value) => !not.has(value));
}
