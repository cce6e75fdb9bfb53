import type { Credentials } from './credentials';
import { canonicalRegistry } from '../../image/grammar';
import { RegistryError } from '../../oci/error';
import { field, isJsonObject, UnknownObject, objectField, parseJsonObject, stringField } from '../../shape/fields';
import { Malformed } from '../../text/malformed';

/** What a file with credentials says about one repository. */
interface FileEntry {
  /** The helper that is to be asked first. */
  readonly helper?: string;
  readonly stored?: Credentials;
}

/** Docker Hub's own name in these files. */
const hubKeys: ReadonlySet<string> = new Set(['https://index.docker.io/v1/', 'index.docker.io/v1', 'docker.io', 'index.docker.io', 'registry-1.docker.io']);

/**
 * Reads a `config.json` of Docker or an `auth.json` of containers-auth.json(5).
 *
 * A host is matched whole and with its port; below a host, the key with the longest path of segments wins.
 *
 * @throws RegistryError with the code `credentials` when the text is not such a file
 */
export function readCredentialFile(bytes: Uint8Array, path: string, registry: string, repository: string): FileEntry {
  try {
    const body = parseJsonObject(bytes);
    const helpers = objectField(body, 'credHelpers') ?? {};
    const named = Object.keys(helpers).find(key => namespaceIn(key, registry) === '');
    const helper = named === undefined ? stringField(body, 'credsStore') : stringField(helpers, named);
    const stored = storedIn(objectField(body, 'auths') ?? {}, path, registry, repository);
    return {
      ...(helper === undefined || helper === '' ? {} : { helper }),
      ...(stored === undefined ? {} : { stored }),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new RegistryError({ code: 'credentials', subject: path, problem: `the file with credentials ${error.message}` });
  }
}

/** The namespace that a key is about, empty for the whole registry; undefined where it is about another registry. */
function namespaceIn(key: string, registry: string): string | undefined {
  if (hubKeys.has(key)) return registry === 'docker.io' ? '' : undefined;
  const [, scheme, host, path] = /^(https?:\/\/)?([^/]*)(?:\/(.*))?$/i.exec(key) ?? [];
  if (host === undefined || canonicalRegistry(host.toLowerCase()) !== registry.toLowerCase()) return undefined;
  const namespace = (path ?? '').replace(/\/+$/, '');
  // A URL names the API of the host, anything else a namespace in it.
  return scheme !== undefined || namespace === 'v1' || namespace === 'v2' ? '' : namespace;
}

function storedIn(auths: UnknownObject, path: string, registry: string, repository: string): Credentials | undefined {
  let best: { readonly length: number; readonly credentials: Credentials } | undefined;
  for (const [key, entry] of Object.entries(auths)) {
    const namespace = namespaceIn(key, registry);
    if (namespace === undefined || !isJsonObject(entry)) continue;
    if (namespace !== '' && repository !== namespace && !repository.startsWith(`${namespace}/`)) continue;
    const credentials = readEntry(entry, path);
    const { length } = namespace;
    if (credentials !== undefined && (best === undefined || length > best.length)) best = { length, credentials };
  }
  return best?.credentials;
}

function readEntry(entry: UnknownObject, origin: string): Credentials | undefined {
  const bearer = stringField(entry, 'registrytoken') ?? '';
  if (bearer !== '') return { kind: 'bearer', token: bearer, origin };
  const pair = userAndPassword(entry);
  const token = stringField(entry, 'identitytoken') ?? '';
  if (token !== '') return { kind: 'identity', token, ...pair, origin };
  return pair === undefined ? undefined : { kind: 'basic', ...pair, origin };
}

function userAndPassword(entry: UnknownObject): { readonly user: string; readonly password: string } | undefined {
  const encoded = stringField(entry, 'auth') ?? '';
  if (encoded === '') {
    const user = field(entry, 'username');
    const password = field(entry, 'password');
    return typeof user === 'string' && typeof password === 'string' && user !== '' ? { user, password } : undefined;
  }
  const text = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : '';
  const colon = text.indexOf(':');
  if (colon <= 0) throw new Malformed('has an entry whose field "auth" is not a user and a password in base64');
  // Docker pads the text with zero bytes. A password may hold colons, a user may not.
  return { user: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
