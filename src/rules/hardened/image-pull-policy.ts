import { isPinned } from '../../image/pinned';
import { ImageReference } from '../../image/reference';
import { quoted } from '../../text/text';
import { imageDetail } from '../detail';
import { yaml } from '../example';
import { NamedImage, namedImages } from '../named-images';
import { builtInRule, Fault, RuleContext } from '../rule';
import { trustedRegistry } from '../trusted-registry';

export const imagePullPolicy = builtInRule({
  id: 'image-pull-policy',
  summary: 'Every image is pulled as the policy requires for its registry.',
  law: {
    fields: ['spec.containers[*].imagePullPolicy', 'spec.volumes[*].image.pullPolicy'],
    allowed: 'Always; IfNotPresent where the entry of the policy says so, and, where it says nothing, for a pinned image of an entry without a pull secret. Unset is judged as the API server fills it in: Always for the tag latest (also beside a digest) and for neither tag nor digest, otherwise IfNotPresent',
    source: 'Kubernetes documentation, "Images", "Image pull policy" and "Default image pull policy"',
  },
  why: 'With Always, each start proves that the pod may read the image, and looks up the tag again. Otherwise a pod runs what is on the node already; with Never, whatever that is.',
  fix: 'set imagePullPolicy: Always',
  profile: 'hardened',
  severity: 'low',
  references: {
    kyverno: ['imagepullpolicy-always'],
    kubeLinter: ['image-pull-policy'],
    checkov: ['CKV_K8S_15'],
    kubescape: ['C-0075'],
    polaris: ['pullPolicyNotAlways'],
  },
  examples: {
    bad: yaml`
      containers:
      - name: web
        imagePullPolicy: Never
    `,
    good: yaml`
      containers:
      - name: web
        imagePullPolicy: Always
    `,
  },
  *check(pod, context) {
    for (const image of namedImages(pod)) {
      const field = image.container === undefined ? 'pullPolicy' : 'imagePullPolicy';
      const fix = `set ${field}: Always`;
      const reference = image.parsed.ok ? image.parsed.reference : undefined;
      // The API server reads an empty policy as none.
      const written = image.pullPolicy || undefined;
      if (written === 'Never') {
        yield { message: `${field} must not be "Never", which runs whatever the node has under that name`, ...placeOf(image), fix };
      } else if (written !== undefined && written !== 'Always' && written !== 'IfNotPresent') {
        yield { message: `${field} must be "Always" or "IfNotPresent", it is ${quoted(written)}`, ...placeOf(image), fix };
      } else if (reference !== undefined && (written ?? defaultPullPolicy(reference)) === 'IfNotPresent') {
        const reason = whyAlways(reference, context);
        if (reason === undefined) continue;
        const found = written === undefined ? 'not set, which means "IfNotPresent"' : '"IfNotPresent"';
        yield { message: `${field} must be "Always", because ${reason}; it is ${found}`, ...placeOf(image), fix };
      }
    }
  },
});

function placeOf(image: NamedImage): Pick<Fault, 'pointer' | 'container' | 'detail'> {
  const detail = `${imageDetail(image)} ${image.pullPolicy || 'IfNotPresent'}`;
  return { pointer: image.pullPolicyPointer, container: image.container, detail };
}

/** What the API server writes into a field that is not set, when the object is created. */
function defaultPullPolicy({ tag, digest }: ImageReference): 'Always' | 'IfNotPresent' {
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

/** Why an image must be pulled at each start; `undefined` where it need not. An image that nobody trusts is for `image-registry`. */
function whyAlways(reference: ImageReference, { registries }: RuleContext): string | undefined {
  const entry = trustedRegistry(registries, reference);
  if (entry?.pullPolicy === 'IfNotPresent') return undefined;
  if (entry?.pullPolicy === 'Always') return `the policy demands it of ${quoted(entry.pattern.text)}`;
  if (entry?.pullSecret !== undefined) return `${quoted(entry.pattern.text)} is read with the pull secret ${quoted(entry.pullSecret)}`;
  return isPinned(reference) ? undefined : 'the image is not pinned';
}
