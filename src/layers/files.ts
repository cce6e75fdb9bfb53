import { scanLayer, Sighting } from './scan';
import type { Descriptor } from '../oci/descriptor';
import { RegistryError } from '../oci/error';
import { ImageSource, subjectOf } from '../oci/source';
import { readerOf } from '../tar/bytes';
import { decompress, DecompressionLimits, layerLimits, TooLarge } from '../tar/compression';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** A layer as a manifest names it. */
export type Layer = Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;

/** A file of an image. */
type FileFromLayers = {
  /** What could not be looked at; one line each. */
  readonly notices: readonly string[];
} & (
  | { readonly found: true; readonly content: Buffer; /** The digest of the layer that it was read from. */ readonly layer: string }
  | { readonly found: false }
);

export interface ReadFileOptions {
  /** The largest file that is read, in bytes. @default 1 MiB */
  readonly largestFile?: number;
  /** The largest layer that is read, compressed, in bytes. @default 8 GiB */
  readonly largestLayer?: number;
  /** How far a layer is decompressed. @default 32 GiB, and 1,100 times its size */
  readonly decompression?: DecompressionLimits;
}

/** As many as Linux follows for one path is 40; no image has a chain of them, and each may mean to read every layer again. */
const mostLinks = 8;
const mostLayers = 512;

/**
 * Reads a file as a container of the image would see it, from the top layer down, and no further than needed.
 *
 * Whiteouts, opaque directories, hard links and symbolic links (also of directories; they never leave the image) count as in the
 * OCI specification. Every layer that is looked at is read to its end and verified. A layer that the source does not hold
 * ("foreign", "nondistributable") is passed over with a notice.
 *
 * Not guaranteed: a file that an upper layer wrote through a symbolic link of a lower one is found by the name it was written to,
 * not by the name the link leads to.
 *
 * @param layers lowest first, as in the manifest
 * @param path absolute: `/etc/passwd`
 * @throws RegistryError
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md
 */
export async function readFileFromLayers(
  source: ImageSource, layers: readonly Layer[], path: string, options: ReadFileOptions = {},
): Promise<FileFromLayers> {
  if (layers.length > mostLayers) throw tooMany(source, `the image has more than ${mostLayers} layers`);
  const notices = new Set<string>();
  let segments = segmentsOf(Buffer.from(path).toString('latin1'));
  let top = layers.length - 1;
  for (let links = 0; links <= mostLinks; links++) {
    const { sighting, at } = await lookUp(source, layers, top, segments, options, notices);
    switch (sighting.kind) {
      case 'file': return { found: true, content: sighting.content, layer: layers[at].digest, notices: [...notices] };
      case 'hard-link':
        segments = segmentsOf(sighting.target);
        // What upper layers did to the name that it was linked from does not change it.
        top = at;
        break;
      case 'symlink':
        segments = follow(segments, sighting);
        top = layers.length - 1;
        break;
      default: return { found: false, notices: [...notices] };
    }
    if (segments.length === 0) return { found: false, notices: [...notices] };
  }
  throw tooMany(source, `${quote(path)} leads through more than ${mostLinks} links`);
}

/** The topmost layer that decides, and what it says. */
async function lookUp(
  source: ImageSource, layers: readonly Layer[], top: number, path: readonly string[], options: ReadFileOptions, notices: Set<string>,
): Promise<{ readonly sighting: Sighting; readonly at: number }> {
  const directories = new Set<number>();
  for (let at = top; at >= 0; at--) {
    const layer = layers[at];
    if (/foreign|nondistributable/.test(layer.mediaType)) {
      notices.add(`the layer ${layer.digest} is not distributed with the image, and was not read`);
      continue;
    }
    const sighting = await scan(source, layer, path, options);
    if (sighting.kind === 'unknown') for (const depth of sighting.directories) directories.add(depth);
    // An upper layer put a directory where this one has a link: nothing of what it leads to is left.
    else if (sighting.kind === 'symlink' && directories.has(sighting.at)) return { sighting: { kind: 'hidden' }, at };
    else return { sighting, at };
  }
  return { sighting: { kind: 'hidden' }, at: 0 };
}

async function scan(source: ImageSource, layer: Layer, path: readonly string[], options: ReadFileOptions): Promise<Sighting> {
  const { largestFile = 2 ** 20, largestLayer = 8 * 2 ** 30, decompression = layerLimits } = options;
  const stream = await source.streamBlob(layer, largestLayer);
  const bytes = decompress(stream, decompression);
  try {
    return await scanLayer(readerOf(bytes), path, largestFile);
  } catch (error) {
    const subject = subjectOf(source, layer.digest);
    if (error instanceof Malformed) throw new RegistryError({ code: 'malformed', subject, problem: `the layer ${error.message}` });
    if (error instanceof TooLarge) throw new RegistryError({ code: 'too-large', subject, problem: `the layer ${error.message}` });
    throw error;
  } finally {
    await bytes.return(undefined);
    stream.destroy();
  }
}

function follow(path: readonly string[], { target, at }: { readonly target: string; readonly at: number }): readonly string[] {
  const base = target.startsWith('/') ? [] : path.slice(0, at - 1);
  return segmentsOf([...base, target, ...path.slice(at)].join('/'));
}

/** The root is its own parent, in an image as everywhere. */
function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}

function tooMany(source: ImageSource, problem: string): RegistryError {
  return new RegistryError({ code: 'too-large', subject: source.name, problem });
}
