import type { Document } from './documents';
import type { Answer, Row } from './frozen';
import { Platform, readPlatform } from '../../../src/image/platform';
import { parseConfig } from '../../../src/oci/config';
import type { Descriptor } from '../../../src/oci/descriptor';
import { parseAsGo } from '../../../src/oci/go-json';
import { layoutType } from '../../../src/oci/go-types';
import { parseManifest } from '../../../src/oci/manifest';
import { portRanges } from '../../../src/oci/ports';
import { stringField } from '../../../src/shape/fields';

type Facts = Readonly<Record<string, unknown>>;
type Words = readonly [os: string, architecture: string, variant: string, osVersion: string];
type Pointer = readonly [mediaType: string, digest: string, size: number, platform: Words | null];

/** What we read in a document. */
export function ourFacts({ kind, bytes }: Document): Facts {
  if (kind === 'layout') return { version: stringField(parseAsGo(bytes, layoutType), 'imageLayoutVersion') ?? '' };
  if (kind === 'config') {
    const { platform, ...config } = parseConfig(bytes);
    return { platform: wordsOf(platform), ...config };
  }
  const manifest = parseManifest({ bytes }, 'image');
  const annotations = sorted(manifest.annotations);
  const index = manifest.kind === 'index';
  return {
    schemaVersion: 2,
    mediaType: manifest.mediaType,
    config: index ? undefined : pointerOf(manifest.config),
    layers: index ? [] : manifest.layers.map(pointerOf),
    manifests: index ? manifest.manifests.map(pointerOf) : [],
    annotations,
  };
}

/** Each fact that a reader in Go has in another way, or does not have. */
export function differences(ours: Facts, answer: Answer, reader: string): readonly string[] {
  const theirs = theirFacts(answer, reader);
  return Object.keys(theirs).filter((key) => JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]));
}

/** The facts that a reader tells, in our form: it is a document of one kind to it, whatever it is to us. */
function theirFacts(answer: Answer, reader: string): Facts {
  if (typeof answer === 'string') return { version: answer };
  if ('diffIds' in answer) {
    const { platform, ports, ...rest } = answer;
    return { ...rest, platform: platformOf(platform as Words), ports: portRanges(ports as readonly string[]) };
  }
  const { mediaType, schemaVersion, config, layers, manifests, annotations } = answer;
  const isPulled = reader.startsWith('containerd ');
  const noAnnotations = isPulled || reader === 'distribution schema 2' || reader === 'distribution list';
  const pointers = (list: unknown) => ((list ?? []) as readonly Pointer[]).map(normal);
  return {
    ...(isPulled ? {} : { schemaVersion }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(isIndexReader(reader) ? { manifests: pointers(manifests) } : {
      // A config that is not there is an empty one to Go.
      config: (config as Pointer)[1] === '' ? undefined : normal(config as Pointer),
      layers: pointers(layers),
    }),
    ...(noAnnotations ? {} : { annotations: sorted(new Map(Object.entries((annotations ?? {}) as Record<string, string>))) }),
  };
}

/** The answers of the readers that took the document. */
export function readingsOf([, , answers]: Row): readonly (readonly [reader: string, answer: Answer])[] {
  return answers.flatMap(([readers, answer]) => {
    return typeof answer !== 'string' && 'error' in answer ? [] : readers.map((reader) => [reader, answer] as const);
  });
}

/** Whether a reader is for documents of the kind that we take one for; a reader of indexes finds an empty one in a manifest. */
export function isFor(facts: Facts, reader: string): boolean {
  return facts.manifests === undefined || (facts.config === undefined) === isIndexReader(reader);
}

const isIndexReader = (reader: string) => reader.endsWith(' index') || reader.endsWith(' list');
const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => a < b ? -1 : 1);
const pointerOf = ({ mediaType, digest, size, platform }: Descriptor): unknown => [mediaType, digest, size, wordsOf(platform)];
const normal = ([mediaType, digest, size, platform]: Pointer): unknown => {
  return [mediaType, digest, size, platform === null ? undefined : platformOf(platform)];
};
const wordsOf = (platform: Platform | undefined) => platform && [platform.os, platform.architecture, platform.variant ?? '', platform.osVersion ?? ''];

/** To us a platform without a system or an architecture is none. */
function platformOf([os, architecture, variant, osVersion]: Words) {
  return wordsOf(readPlatform({ os, architecture, variant, 'os.version': osVersion }));
}
