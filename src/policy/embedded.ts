import { EmbeddedPart, embeddedPart, Patch, TextPlace, refused, unreadable, wordsAt } from './embedded-part';
import { isSpent, newBudget, tooManyValues } from '../manifest/budget';
import { EmbeddedText } from '../manifest/embedded-text';
import { foldedKeys } from '../manifest/folded-keys';
import { operationOf } from '../manifest/json-patch';
import { readPartialObject, readPartialPodSpec } from '../manifest/partial';
import { Manifest } from '../manifest/pod';
import { readManifests } from '../manifest/read';
import { isPlainObject, Json, JsonObject, kindOf } from '../shape/json';
import { quoted } from '../text/text';
import type { InputItem } from '../yaml/documents';

/** How many levels of manifests within manifests are judged. */
const deepest = 3;
/** How many texts, documents in them and operations of patches are judged for one document. */
const mostParts = 10_000;
/** How much text is, in UTF-16 code units; an object in a cluster has at most 1.5 MiB. */
const mostText = 4 * 1024 * 1024;

/** Reads the embedded texts of one document, and the texts in them; bounded over all of them. Total. */
export class EmbeddedReader {
  private readonly budget = newBudget();
  private parts = 0;
  private length = 0;

  public *read({ texts, elsewhere }: Manifest): Generator<EmbeddedPart> {
    if (elsewhere.length > 0) yield unreadable(...elsewhere);
    for (const text of texts) {
      const place = { depth: 1, pointer: text.pointer, words: `in ${text.field}` };
      try {
        yield* this.readText(text, place);
      } catch {
        // A getter, or a proxy: no JSON has them, and nothing else here throws.
        yield refused(place, 'this cannot be read: reading a field of it throws');
      }
    }
  }

  private *readText(text: EmbeddedText, place: TextPlace): Generator<EmbeddedPart> {
    const { content, placeholder } = text;
    if (place.depth > deepest) return yield refused(place, `this is not judged, because manifests are nested more than ${deepest} levels deep`);
    if (typeof content !== 'string') return yield* this.readDocument(content, text, place);
    this.length += content.length;
    if (this.length > mostText) return yield refused(place, 'this is not judged, because the texts in one document are longer than 4 MiB');

    const isTemplate = placeholder !== undefined && content.includes(placeholder);
    if (isTemplate) yield refused(place, `the text holds ${quoted(placeholder)}, and what is filled in there is not known`);
    for (const read of documentsOf(content)) {
      const its = 'index' in read && read.index > 0 ? { ...place, words: `${place.words} (document ${read.index + 1})` } : place;
      if (!('message' in read)) yield* this.readDocument(read.value, text, its);
      // It may be well formed once the placeholders are filled in.
      else if (!isTemplate) yield* this.take(place, () => [refused(place, `line ${read.line} cannot be read: ${read.message}`)]);
    }
  }

  private *readDocument(value: Json, text: EmbeddedText, place: TextPlace): Generator<EmbeddedPart> {
    if (text.saying !== 'patch' || !Array.isArray(value)) return yield* this.take(place, () => this.readPart(value, '', text, place));
    for (const [index, item] of (value as readonly Json[]).entries()) {
      yield* this.take(place, () => this.readOperation(item, text, { ...place, words: `${place.words} (operation ${index + 1})` }));
    }
  }

  /** Reads one more, up to the limit. Beyond it there is one finding, because there may be thousands more. */
  private *take(place: TextPlace, read: () => Iterable<EmbeddedPart>): Generator<EmbeddedPart> {
    this.parts += 1;
    if (this.parts <= mostParts) yield* read();
    else if (this.parts === mostParts + 1) yield refused(place, `this is not judged to its end, because one document embeds more than ${mostParts} manifests`);
  }

  private *readOperation(item: Json, text: EmbeddedText, place: TextPlace): Generator<EmbeddedPart> {
    const operation = operationOf(item);
    if (operation === undefined) return;
    if ('problem' in operation) yield refused(place, operation.problem);
    else yield* this.readPart(operation.partial, operation.at, text, place);
  }

  private *readPart(value: Json, at: string, text: EmbeddedText, place: TextPlace): Generator<EmbeddedPart> {
    if (isSpent(this.budget)) {
      yield refused(place, `this is not judged, because ${tooManyValues}`);
    } else if (text.saying === 'manifest') {
      for (const manifest of readManifests(value, this.budget)) yield* this.readWithin(manifest, place);
    } else if (isPlainObject(value)) {
      yield* this.readWithin(this.readPartial(value, text), place, { partial: value, at });
    } else {
      yield refused(place, `this must be an object${text.saying === 'patch' ? ' or a list of operations' : ''}, it is ${kindOf(value)}`);
    }
  }

  private readPartial(value: JsonObject, { saying, kind, isForItsOwnKind, isCaseBlind }: EmbeddedText): Manifest {
    const own = typeof value.kind === 'string' ? value.kind : undefined;
    const read = saying === 'pod-spec-patch'
      ? readPartialPodSpec(value, this.budget)
      : readPartialObject(value, isForItsOwnKind ? own : kind, this.budget);
    return isCaseBlind ? { ...read, malformed: [...read.malformed, ...foldedKeys(value, this.budget)] } : read;
  }

  private *readWithin(manifest: Manifest, place: TextPlace, patch?: Patch): Generator<EmbeddedPart> {
    yield embeddedPart({ ...manifest, malformed: [...manifest.malformed, ...manifest.elsewhere] }, place, patch);
    for (const text of manifest.texts) {
      yield* this.readText(text, { ...place, depth: place.depth + 1, words: wordsAt(place, text.pointer) });
    }
  }
}

function documentsOf(text: string): Iterable<InputItem> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few objects have such a text, and the YAML reader loads slowly.
  const input = require('../yaml/documents') as typeof import('../yaml/documents');
  return input.documentsOf(text, '');
}
