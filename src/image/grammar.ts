import { quote } from '../text/quote';

// The expressions below backtrack over one label or segment at most; the bound on the whole text is there all the same, because
// the grammar has none for the host.
const longestText = 1024;

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const hostExpression = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const segmentExpression = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;

const segmentRule = 'lower-case letters and digits, joined by ".", "_", "__" or dashes';

/** Says why the text cannot be judged at all: it is too long, or not printable ASCII without white space. */
export function textProblem(text: unknown): string | undefined {
  if (typeof text !== 'string') return 'must be a string';
  if (text === '') return 'must not be empty';
  if (text.length > longestText) return `must have at most ${longestText} characters, it has ${text.length}`;
  const index = text.search(/[^\x21-\x7e]/);
  if (index === -1) return undefined;
  return `has ${nameOf(text.charAt(index))} at position ${index + 1}`;
}

function nameOf(character: string): string {
  if (/\s/.test(character)) return 'white space';
  return /\p{Cc}/u.test(character) ? 'a control character' : 'a character outside ASCII';
}

/** Whether the text is a registry: host names, IPv4 or bracketed IPv6, with an optional port. */
export function isHost(text: string): boolean {
  return hostExpression.test(text);
}

/** Whether the first segment of a name is its registry; otherwise the name is one of Docker Hub. */
export function namesHost(segment: string): boolean {
  return segment === 'localhost' || /[.:A-Z]/.test(segment);
}

/** Says what is wrong with a path within a registry, segment by segment. */
export function pathProblem(segments: readonly string[]): string | undefined {
  for (const segment of segments) {
    if (segmentExpression.test(segment)) continue;
    if (segment === '') return 'the repository name has an empty segment, its slashes must stand between names';
    if (/[A-Z]/.test(segment)) return `the repository name must be lower-case, it has ${quote(segment)}`;
    return `each segment of the repository name must be ${segmentRule}, one is ${quote(segment)}`;
  }
  return undefined;
}

/** Takes `host[:port]` apart, lower-case; the colons within the brackets of an IPv6 address are not a port's. */
export function splitRegistry(registry: string): { readonly host: readonly string[]; readonly port?: string } {
  const canonical = canonicalRegistry(registry.toLowerCase());
  const bracket = canonical.indexOf(']');
  const colon = canonical.indexOf(':', bracket + 1);
  const name = colon === -1 ? canonical : canonical.slice(0, colon);
  const host = bracket === -1 ? name.split('.') : [name];
  return colon === -1 ? { host } : { host, port: canonical.slice(colon + 1) };
}

/** The three names that Docker Hub goes by are one registry. */
export function canonicalRegistry(registry: string): string {
  return registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? 'docker.io' : registry;
}
