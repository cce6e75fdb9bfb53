import { readAll } from './blob';
import type { LayoutFiles } from './files';
import { Descriptor, readDescriptors } from '../oci/descriptor';
import { RegistryError } from '../oci/error';
import { parseAsGo } from '../oci/go-json';
import { GoType, layoutType, manifestType } from '../oci/go-types';
import { limits, subjectOf } from '../oci/source';
import { UnknownObject, stringField } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

const refName = 'org.opencontainers.image.ref.name';
const mostNamed = 10;

/**
 * Reads `oci-layout` and `index.json`.
 *
 * @throws RegistryError
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md
 */
export async function readLayoutIndex(files: LayoutFiles, name: string): Promise<readonly Descriptor[]> {
  await read(files, name, 'oci-layout', layoutType, marker => {
    const version = stringField(marker, 'imageLayoutVersion');
    // Kept apart from other errors, because a later version may be valid.
    if (version === '1.0.0') return;
    throw new RegistryError({
      code: 'unsupported',
      subject: name,
      problem: `the imageLayoutVersion must be "1.0.0", it is ${version === undefined ? 'missing' : quote(version)}`,
    });
  });
  return read(files, name, 'index.json', manifestType, index => readDescriptors(index, 'manifests'));
}

async function read<T>(files: LayoutFiles, name: string, path: string, type: GoType, parse: (object: UnknownObject) => T): Promise<T> {
  const file = await files.find(path);
  if (file === undefined) {
    throw new RegistryError({ code: 'not-found', subject: name, problem: `it is not an OCI layout, because ${path} is missing` });
  }
  if (file.size > limits.manifest) {
    throw new RegistryError({
      code: 'too-large', subject: name, problem: `${path} has ${file.size} bytes, at most ${limits.manifest} are read`,
    });
  }
  try {
    return parse(parseAsGo(await readAll(file.open()), type));
  } catch (error) {
    throw error instanceof Malformed ? new RegistryError({ code: 'malformed', subject: name, problem: `${path} ${error.message}` }) : error;
  }
}

/**
 * The entry of the index that a reference means: the one with this name; where no name is the same, the one whose name ends in
 * it behind a colon, because some tools write `shop:1.4.2` where others write `1.4.2`.
 *
 * @throws RegistryError with the code `not-found`, or `invalid` where several images are meant; both name what is there
 */
export function findByName(entries: readonly Descriptor[], reference: string, name: string): Descriptor {
  const nameOf = (entry: Descriptor) => entry.annotations.get(refName);
  const same = entries.filter(entry => nameOf(entry) === reference);
  const found = same.length > 0 ? same : entries.filter(entry => nameOf(entry)?.endsWith(`:${reference}`) === true);
  const subject = subjectOf({ name }, reference);
  if (found.length === 0) {
    throw new RegistryError({ code: 'not-found', subject, problem: `the layout has no such image, ${candidates(entries)}` });
  }
  return onlyOf(found, subject);
}

/** The entry that a layout without a reference means: the only one. */
export function findOnly(entries: readonly Descriptor[], name: string): Descriptor {
  if (entries.length === 0) throw new RegistryError({ code: 'not-found', subject: name, problem: 'the layout has no image' });
  return onlyOf(entries, name);
}

function onlyOf(entries: readonly Descriptor[], subject: string): Descriptor {
  // One image may stand there more than once, under several names.
  if (new Set(entries.map(({ digest }) => digest)).size === 1) return entries[0];
  throw new RegistryError({
    code: 'invalid', subject, problem: `more than one image is meant, ${candidates(entries)}`, fix: 'add the name or the digest of one',
  });
}

function candidates(entries: readonly Descriptor[]): string {
  if (entries.length === 0) return 'it is empty';
  const shown = entries.slice(0, mostNamed).map(({ annotations, digest }) => {
    const own = annotations.get(refName);
    return own === undefined ? digest : quote(own);
  });
  const more = entries.length > mostNamed ? ` and ${entries.length - mostNamed} more` : '';
  return `it has ${shown.join(', ')}${more}`;
}
