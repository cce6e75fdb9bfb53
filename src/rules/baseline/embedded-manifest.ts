import { yaml } from '../example';
import { builtInRule } from '../rule';

/**
 * What is bad in such a text is a finding of the rule that judges it anywhere. Unlike `manifest`, this one can be exempted: templates are
 * in everyday use, and who writes one has a reason.
 */
export const embeddedManifest = builtInRule({
  id: 'embedded-manifest',
  summary: 'Every text that is a manifest, or a patch of one, can be read and has been judged.',
  law: {
    fields: [
      'podSpecPatch (Argo Workflows)',
      'resource.manifest (Argo Workflows)',
      'resource.manifestFrom (Argo Workflows)',
      'resource.flags[*] (Argo Workflows)',
      'patches[*].patch (Flux, Argo CD, KubeVirt)',
      'patchesStrategicMerge[*] (Flux, Argo CD)',
      'patchesJson6902[*].patch (Flux, Argo CD)',
      'patchesJson6902 (Kyverno)',
    ],
    allowed: 'YAML or JSON that Kubernetes and this library read alike, with nothing to be filled in later, of the types that the Kubernetes API gives the fields; of a JSON patch the operations add, replace, remove and test',
    source: 'the Go types of argoproj.io/v1alpha1 and of kustomize.toolkit.fluxcd.io/v1; RFC 6902',
  },
  why: 'A controller applies such a text later, where nothing checks it: a patch that cannot be read here could make any pod privileged.',
  fix: 'write the text as plain YAML without templates, or exempt it with a reason',
  profile: 'baseline',
  severity: 'medium',
  references: {},
  examples: {
    isWhole: true,
    bad: yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      spec:
        podSpecPatch: |
          nodeSelector: { disk: "{{inputs.parameters.disk}}" }  # what comes here may hold anything
    `,
    good: yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      spec:
        podSpecPatch: |
          nodeSelector: { disk: ssd }
    `,
  },
  check: () => [],
  *checkEmbedded({ unreadable }) {
    // The field and not the text: with the text, a baseline would have to be written anew at each change of it.
    for (const fault of unreadable) yield { ...fault, detail: fault.pointer.replace(/\/\d+(?=\/|$)/g, '/*') };
  },
});
