import { defineRule } from '../rule';

/*
 * A text within an object that is a manifest, or a patch of one, can be read, and so has been judged for what it says.
 *
 * **Fields**          podSpecPatch, resource.manifest and resource.manifestFrom of Argo Workflows; patches[*].patch,
 *                     patchesStrategicMerge[*] and patchesJson6902[*].patch of Flux, also in postRenderers, of Argo CD and of
 *                     KubeVirt; patchesJson6902 of Kyverno
 * **Allowed values**  YAML or JSON that Kubernetes and we read alike, without places that are filled in later, of the types that
 *                     the Kubernetes API gives the fields; of a JSON patch the operations add, replace, remove and test
 * **Source**          the Go types of argoproj.io/v1alpha1 and of kustomize.toolkit.fluxcd.io/v1; RFC 6902
 *
 * What is bad in such a text is a finding of the rule that judges it anywhere. Unlike `manifest`, this one can be exempted: a template
 * is everyday use, and who writes one has a reason.
 */
export const embeddedManifest = defineRule({
  id: 'embedded-manifest',
  summary: 'Every text that is a manifest, or a patch of one, can be read and has been judged.',
  why: 'A controller applies such a text when nobody looks any more: a patch that cannot be read here may make any pod privileged there.',
  fix: 'write the text as plain YAML without templates, or exempt it with a reason',
  profile: 'baseline',
  references: {},
  check: () => [],
  *checkEmbedded({ unreadable }) {
    // The field and not the text: with the text, a baseline would have to be written anew at each change of it.
    for (const fault of unreadable) yield { ...fault, detail: fault.pointer.replace(/\/\d+(?=\/|$)/g, '/*') };
  },
});
