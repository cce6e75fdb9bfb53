import { RegistryError } from '../oci/error';
import { quote } from '../text/quote';

/** Where an image lies on disk, as skopeo and umoci name it. */
export interface LayoutReference {
  /** `oci`: a folder; `oci-archive`: a tar of such a folder. */
  readonly transport: 'oci' | 'oci-archive';
  readonly path: string;
  /** Which image of several: its `org.opencontainers.image.ref.name`, or its digest. */
  readonly reference?: string;
}

const longest = 4096;

/** Whether the text names a layout: begins with `oci:` or `oci-archive:`. */
export function isLayoutReference(text: string): boolean {
  return /^oci(?:-archive)?:/.test(text);
}

/**
 * Reads `oci:PATH[:REF]` or `oci-archive:PATH[:REF]`.
 *
 * The first colon behind the transport ends the path, as skopeo has it: a path has no colon (on Windows, but for that of the
 * drive), and all that follows is the reference, `shop:1.4.2` too.
 *
 * @param windows whether paths may begin with a drive. @default on Windows
 * @throws RegistryError with the code `invalid`
 * @see https://github.com/containers/image, docs/containers-transports.5.md
 */
export function parseLayoutReference(text: string, windows = process.platform === 'win32'): LayoutReference {
  const transport = text.startsWith('oci:') ? 'oci' : 'oci-archive';
  if (!isLayoutReference(text)) throw refused(text, 'it must begin with "oci:" or "oci-archive:"');
  if (text.length > longest) throw refused(text, `it must have at most ${longest} characters, it has ${text.length}`);
  const rest = text.slice(transport.length + 1);
  if (/[\0-\x1f\x7f]/.test(rest)) throw refused(text, 'it must not have control characters');
  const drive = windows && /^[A-Za-z]:[\\/]/.test(rest) ? 2 : 0;
  const colon = rest.indexOf(':', drive);
  const path = colon === -1 ? rest : rest.slice(0, colon);
  if (path === '') throw refused(text, `the path after "${transport}:" is missing`);
  if (colon === -1) return { transport, path };
  const reference = rest.slice(colon + 1);
  if (reference === '') throw refused(text, 'the reference after the path is missing; leave the colon out to mean the only image');
  return { transport, path, reference };
}

/** The place without the reference: `oci:build/image`. */
export function layoutName({ transport, path }: LayoutReference): string {
  return `${transport}:${/^[\x21-\x7e]{1,200}$/.test(path) ? path : quote(path)}`;
}

function refused(text: string, problem: string): RegistryError {
  return new RegistryError({ code: 'invalid', subject: quote(text), problem });
}
