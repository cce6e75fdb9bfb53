import { archiveFiles } from './archive';
import { Blob, blobBytes, blobStream } from './blob';
import type { LayoutFiles } from './files';
import { folderFiles } from './folder';
import { findByName, findOnly, readLayoutIndex } from './index-json';
import { layoutName, LayoutReference, parseLayoutReference } from './reference';
import { digestProblem } from '../image/digest';
import type { Descriptor } from '../oci/descriptor';
import { RegistryError } from '../oci/error';
import { Content, ImageSource, limits, subjectOf } from '../oci/source';

/** An OCI layout, and the image in it that is meant. */
interface OpenedLayout {
  readonly source: ImageSource;
  /** What to ask the source for: the reference, or the digest of the only image where none was given. */
  readonly target: string;
}

/**
 * Opens an image on disk, `oci:PATH[:REF]` or `oci-archive:PATH[:REF]`.
 *
 * The index is read now, blobs when they are asked for; each is verified against its digest and size. Nothing is written, an archive
 * is not unpacked. What changes on disk meanwhile is either not seen, or an error.
 *
 * @throws RegistryError
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md
 */
export async function openLayout(reference: string | LayoutReference): Promise<OpenedLayout> {
  const parsed = typeof reference === 'string' ? parseLayoutReference(reference) : reference;
  const name = layoutName(parsed);
  const files = parsed.transport === 'oci' ? await folderFiles(parsed.path, name) : await archiveFiles(parsed.path, name);
  const entries = await readLayoutIndex(files, name);
  return { source: layoutSource(files, entries, name), target: parsed.reference ?? findOnly(entries, name).digest };
}

function layoutSource(files: LayoutFiles, entries: readonly Descriptor[], name: string): ImageSource {
  const resolve = (target: string): Content & { readonly mediaType?: string } => {
    // A name may have any text, and only a digest is one.
    if (digestProblem(target) !== undefined) return findByName(entries, target, name);
    return entries.find(({ digest }) => digest === target) ?? { digest: target };
  };
  const find = async (content: Content): Promise<Blob> => {
    const subject = subjectOf({ name }, content.digest);
    // Before it becomes a path.
    const problem = digestProblem(content.digest);
    if (problem !== undefined) throw new RegistryError({ code: 'malformed', subject, problem });
    const file = await files.find(`blobs/${content.digest.replace(':', '/')}`);
    if (file !== undefined) return { file, content, subject };
    throw new RegistryError({ code: 'not-found', subject, problem: 'the blob is missing in the layout' });
  };
  return {
    name,
    fetchManifest: async (target, expected) => {
      const { digest, size, mediaType } = resolve(target);
      const blob = await find({ digest, ...(size === undefined ? {} : { size }) });
      const bytes = await blobBytes(blob, limits.manifest);
      if (expected?.size !== undefined && expected.size !== bytes.length) {
        const problem = `it has ${bytes.length} bytes, and must have ${expected.size}`;
        throw new RegistryError({ code: 'digest-mismatch', subject: blob.subject, problem });
      }
      return { bytes, digest, ...(mediaType === undefined || mediaType === '' ? {} : { mediaType }) };
    },
    headManifest: async target => (await find(resolve(target))).content.digest,
    fetchBlob: async (content, limit) => blobBytes(await find(content), limit),
    streamBlob: async (content, limit) => blobStream(await find(content), limit),
  };
}
