import { MalformedField } from './shape';
import { get, isPlainObject, Json, JsonObject } from '../shape/json';

/** What a text within an object says: a pod spec in part, an object in part, or whole objects. */
type Saying = 'pod-spec-patch' | 'patch' | 'manifest';

/** A text within an object that is a manifest, or a part of one: a controller reads it and acts on it. */
export interface EmbeddedText {
  /** JSON pointer of the text. */
  readonly pointer: string;
  /** What a message calls it: the name of its field. */
  readonly field: string;
  readonly saying: Saying;
  /** The text, or what it says where it is no text but JSON. */
  readonly content: Json;
  /** The kind of the objects that a patch changes; `undefined` where that is not known, and then the patch is for any. */
  readonly kind?: string | undefined;
  /** Whether the patch's own kind says what it changes. */
  readonly isForItsOwnKind?: boolean;
  /** Whether whoever applies it takes keys for fields without regard to case, as `encoding/json` of Go does. */
  readonly isCaseBlind?: boolean;
  /** With what a place begins that somebody fills in before the text is applied. */
  readonly placeholder?: string | undefined;
}

/** What was found of the kind in one object. */
interface EmbeddedTexts {
  readonly texts: EmbeddedText[];
  /** What is a manifest and stands elsewhere, so that nobody can judge it here. */
  readonly elsewhere: MalformedField[];
}

/** What has been read of an embedded text, or of one document in it. */
export interface EmbeddedManifest {
  /** What cannot be judged, told at the place of the text. */
  readonly unreadable: readonly MalformedField[];
}

/** Keys of an object that may have such texts. */
export const embeddingKeys = ['podSpecPatch', 'manifest', 'manifestFrom', 'flags', 'patches', 'patchesStrategicMerge', 'patchesJson6902'] as const;

const lists: ReadonlySet<string> = new Set(['patchesStrategicMerge', 'patchesJson6902']);
/** Options of kubectl with which it reads another manifest, or another patch, than the one that is written. */
const readsMore = /^-\w*[fkp]|^--(?:filename|kustomize|patch)/;

/** Finds the embedded manifests of one custom resource, object by object. */
export class EmbeddedTextSearch {
  private readonly isFlux: boolean;
  private readonly placeholder: string | undefined;

  public constructor(root: JsonObject, group: string | undefined, private readonly found: EmbeddedTexts) {
    this.isFlux = group?.endsWith('.toolkit.fluxcd.io') ?? false;
    const spec = get(root, 'spec');
    const isSubstituted = isPlainObject(spec) && isPlainObject(get(spec, 'postBuild'));
    if (!this.isFlux) this.placeholder = '{{';
    else if (isSubstituted) this.placeholder = '${';
  }

  /** Whether what the key holds is no object of its own but a patch, and found by `look`. */
  public isPatchList(key: string): boolean {
    return this.isFlux && lists.has(key);
  }

  public look(object: JsonObject, here: string): void {
    const { podSpecPatch, patches, patchesStrategicMerge: merged, patchesJson6902: operations } = object;
    // Argo Workflows applies this text to the finished pod, after its own parameters have been put in.
    if (isText(podSpecPatch)) this.add('podSpecPatch', podSpecPatch, `${here}/podSpecPatch`, 'pod-spec-patch', { isCaseBlind: true });
    if (typeof object.action === 'string') this.lookAtResource(object, here);
    // Flux, Argo CD, KubeVirt.
    if (Array.isArray(patches)) this.lookAtPatches(patches, `${here}/patches`);
    if (Array.isArray(merged)) this.lookAtMerged(merged, `${here}/patchesStrategicMerge`);
    if (Array.isArray(operations)) this.lookAtPatches(operations, `${here}/patchesJson6902`);
    // Kyverno.
    else if (isText(operations)) this.add('patchesJson6902', operations, `${here}/patchesJson6902`, 'patch');
  }

  /** What an Argo Workflows template of the type `resource` hands to kubectl. */
  private lookAtResource({ action, manifest, manifestFrom, flags }: JsonObject, here: string): void {
    // Of what is got or deleted, a manifest says no more than the name.
    if (action === 'get' || action === 'delete') return;
    if (isText(manifest)) this.add('manifest', manifest, `${here}/manifest`, action === 'patch' ? 'patch' : 'manifest');
    if (isPlainObject(manifestFrom)) {
      this.found.elsewhere.push({ pointer: `${here}/manifestFrom`, message: 'manifestFrom takes a manifest from an artifact, which is not here to be judged' });
    }
    for (const [index, flag] of (Array.isArray(flags) ? flags as readonly unknown[] : []).entries()) {
      if (typeof flag !== 'string' || !readsMore.test(flag)) continue;
      this.found.elsewhere.push({ pointer: `${here}/flags/${index}`, message: 'this flag hands kubectl a manifest that is not in this field, and is not judged' });
    }
  }

  private lookAtPatches(items: readonly unknown[], here: string): void {
    for (const [index, item] of items.entries()) {
      if (!isPlainObject(item)) continue;
      const { patch, target, resourceType, options } = item;
      if (!isText(patch) && !(this.isFlux && Array.isArray(patch))) continue;
      const selected = isPlainObject(target) ? get(target, 'kind') : resourceType;
      this.add('patch', patch, `${here}/${index}/patch`, 'patch', {
        // An option of kustomize lets the patch make another kind of it.
        kind: isText(selected) && options === undefined ? selected : undefined,
        isForItsOwnKind: target === undefined && resourceType === undefined,
        isCaseBlind: resourceType !== undefined,
      });
    }
  }

  private lookAtMerged(items: readonly unknown[], here: string): void {
    for (const [index, item] of items.entries()) {
      if (!isText(item) && !(this.isFlux && isPlainObject(item))) continue;
      this.add('patchesStrategicMerge', item, `${here}/${index}`, 'patch', { isForItsOwnKind: true });
    }
  }

  private add(
    field: string, content: Json, pointer: string, saying: Saying, how: Pick<EmbeddedText, 'kind' | 'isForItsOwnKind' | 'isCaseBlind'> = {},
  ): void {
    this.found.texts.push({ pointer, field, saying, content, placeholder: this.placeholder, ...how });
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
