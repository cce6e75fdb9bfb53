import { digestProblem } from '../image/digest';
import { Platform, readPlatform } from '../image/platform';
import { annotationsField, field, isJsonObject, listField, objectField, stringField, stringsField } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/**
 * A pointer to content, by digest.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md
 */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: Platform;
  readonly artifactType?: string;
  readonly annotations: ReadonlyMap<string, string>;
  /** Where a layer lies that the registry does not hold. */
  readonly urls?: readonly string[];
}

const longestType = 255;

/** Reads a descriptor; `name` is the field it stands in, for the message. */
export function readDescriptor(value: unknown, name: string): Descriptor {
  if (!isJsonObject(value)) throw new Malformed(`${name} must be a descriptor`);
  try {
    const digest = stringField(value, 'digest');
    const problem = digest === undefined ? 'the digest is missing' : digestProblem(digest);
    if (digest === undefined || problem !== undefined) throw new Malformed(problem);
    const size = field(value, 'size');
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new Malformed('the size must be a number of bytes');
    const mediaType = typeField(value, 'mediaType') ?? '';
    if (mediaType === '') throw new Malformed('the media type is missing');
    const platform = objectField(value, 'platform');
    const artifactType = typeField(value, 'artifactType');
    const urls = stringsField(value, 'urls');
    const known = platform === undefined ? undefined : readPlatform(platform);
    return {
      mediaType,
      digest,
      size,
      annotations: annotationsField(value, 'annotations'),
      ...(known === undefined ? {} : { platform: known }),
      ...(artifactType === undefined || artifactType === '' ? {} : { artifactType }),
      ...(urls === undefined || urls.length === 0 ? {} : { urls }),
    };
  } catch (error) {
    throw error instanceof Malformed ? new Malformed(`${name}: ${error.message}`) : error;
  }
}

export function readDescriptors(object: Readonly<Record<string, unknown>>, key: string): readonly Descriptor[] {
  return (listField(object, key) ?? []).map((value, index) => readDescriptor(value, `${key}[${index}]`));
}

/** A media type; bounded, because it is shown and recorded. */
export function typeField(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const type = stringField(object, key);
  if (type === undefined || (type.length <= longestType && !/[^\x20-\x7e]/.test(type))) return type;
  throw new Malformed(`field "${key}" must be a media type, it is ${quote(type)}`);
}
