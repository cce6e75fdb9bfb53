import { digestProblem } from './digest';
import { canonicalRegistry, isHost, namesHost, pathProblem, textProblem } from './grammar';
import { quote } from '../text/quote';

/** The parts of an image reference; registry and repository are always there, as Docker Hub normalisation has it. */
export interface ImageReference {
  /** Host and port as written, except that the names of Docker Hub are one: `docker.io`. */
  readonly registry: string;
  /** The path within the registry: `library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** What `parseImageReference` returns: the parts, or what is wrong with the text, in words that can be shown. */
export type ParsedImage =
  | { readonly ok: true; readonly reference: ImageReference }
  | { readonly ok: false; readonly problem: string };

/**
 * The type of a reference with a digest. A literal such as `'nginx:1.27'` does not compile; for other strings there is `pinned`.
 *
 * Not guaranteed: that the digest is well-formed, which a type cannot say. The rule image-digest judges it at synth.
 */
export type PinnedImage = `${string}@sha256:${string}` | `${string}@sha512:${string}`;

const longestName = 255;
const cacheSize = 4096;
const cache = new Map<string, ParsedImage>();

/**
 * Reads an image reference: `[registry/]repository[:tag][@digest]`.
 *
 * Never throws, whatever the text; a problem is one line that says what is wrong and quotes a bounded part of the text. The
 * result is frozen and may be shared between calls.
 *
 * Stricter than some clients, never laxer: registry and repository together have at most 255 characters, a registry must be
 * a host, and a digest must be sha256 or sha512. It is not asked whether the host or the image exists, or whether a port
 * or an IPv6 address is one that can be reached.
 *
 * @see https://github.com/distribution/reference, the grammar, and Docker's normalisation of familiar names
 */
export function parseImageReference(text: string): ParsedImage {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const problem = textProblem(text);
  if (problem !== undefined) return refuse(`the reference ${problem}`);
  // A copy, because a piece of a string keeps the whole alive: the cache would hold every manifest that it has seen a name from.
  const copy = Buffer.from(text, 'latin1').toString('latin1');
  const parsed = Object.freeze(parse(copy));
  if (cache.size >= cacheSize) cache.clear();
  cache.set(copy, parsed);
  return parsed;
}

/**
 * The canonical text, `registry/repository[:tag][@digest]`.
 *
 * Parsing it again gives the same reference. A reference that was put together by hand is not checked.
 */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.registry}/${reference.repository}${tag}${digest}`;
}

function refuse(problem: string): ParsedImage {
  return { ok: false, problem };
}

function parse(text: string): ParsedImage {
  const scheme = text.indexOf('://');
  if (scheme !== -1) return refuse(`the reference must not have a scheme, write it without ${quote(text.slice(0, scheme + 3))}`);
  // Docker refuses it too: as a name it would be one that anybody could register to stand in for a local image.
  if (/^[0-9a-f]{64}$/.test(text)) return refuse('64 hex digits alone are an image id, write the repository and "@sha256:" before them');

  const [name, digest] = cut(text, text.indexOf('@'));
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const hosted = namesHost(first);
  const [path, tag] = hosted ? cutTag(name.slice(slash + 1)) : cutTag(name);
  const registry = hosted ? canonicalRegistry(first) : 'docker.io';
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const problem = registryProblem(registry, name)
    ?? (path === '' ? 'the repository name is missing' : pathProblem(path.split('/')))
    ?? lengthProblem(registry.length + 1 + repository.length)
    ?? (tag === undefined ? undefined : tagProblem(tag))
    ?? (digest === undefined ? undefined : digestProblem(digest));
  if (problem !== undefined) return refuse(problem);
  const reference = { registry, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
  return { ok: true, reference: Object.freeze(reference) };
}

/** Without the slash of a registry every colon begins a tag: `localhost:5000` is the tag `5000` of a repository `localhost`. */
function cutTag(name: string): readonly [string, string | undefined] {
  return cut(name, name.indexOf(':'));
}

function cut(text: string, index: number): readonly [string, string | undefined] {
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function registryProblem(registry: string, name: string): string | undefined {
  if (!isHost(registry)) return `the registry must be a host with an optional port, it is ${quote(registry)}`;
  return /^\[[^/]*$/.test(name) ? `the repository name is missing after the registry ${quote(name)}` : undefined;
}

function lengthProblem(length: number): string | undefined {
  if (length <= longestName) return undefined;
  return `registry and repository must have at most ${longestName} characters together, they have ${length}`;
}

function tagProblem(tag: string): string | undefined {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return undefined;
  if (tag === '') return 'the tag after ":" is missing';
  if (tag.length > 128) return `the tag must have at most 128 characters, it has ${tag.length}`;
  return `the tag must be letters, digits, "_", "." and "-", and not begin with "." or "-", it is ${quote(tag)}`;
}
