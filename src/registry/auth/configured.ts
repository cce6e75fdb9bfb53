import { homedir } from 'node:os';
import { join } from 'node:path';
import { readCredentialFile } from './credential-file';
import { askHelper } from './credential-helper';
import type { CredentialLookup, Credentials } from './credentials';
import { readBytes, reasonOf } from '../../files/read';
import { RegistryError, systemCode } from '../../oci/error';
import type { Environment } from '../http/proxy';

interface ConfiguredOptions {
  /** @default process.env */
  readonly environment?: Environment;
  /**
   * How long a credential helper may take, in milliseconds.
   *
   * @default 20 s
   */
  readonly helperTimeout?: number;
}

const largestFile = 4 * 1024 * 1024;

/**
 * The credentials of Docker and Podman, as they are configured on this machine.
 *
 * Asked in this order: `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, `$REGISTRY_AUTH_FILE`,
 * `$XDG_RUNTIME_DIR/containers/auth.json`, `~/.config/containers/auth.json`; in each file the helper of the registry or of
 * the file, then what is stored in it. The first that has something for the registry is taken. A file that is not there is
 * passed over; one that cannot be read is an error, because going on without credentials would hide it. Each file is read, and each
 * helper asked about a registry, once.
 */
export function configuredCredentials({ environment = process.env, helperTimeout = 20_000 }: ConfiguredOptions = {}): CredentialLookup {
  const contents = new Map<string, Promise<Buffer | undefined>>();
  const answers = new Map<string, Promise<Credentials | undefined>>();
  const ask = async (helper: string, server: string) => {
    return once(answers, `${helper} ${server}`, async () => askHelper(helper, server, { environment, timeout: helperTimeout }));
  };
  return async (registry, repository) => {
    // What is written for Docker Hub is found by its own key.
    const server = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
    for (const path of filesIn(environment)) {
      const bytes = await once(contents, path, async () => Promise.resolve(contentOf(path)));
      if (bytes === undefined) continue;
      const { helper, stored } = readCredentialFile(bytes, path, registry, repository);
      const helped = helper === undefined ? undefined : await ask(helper, server);
      const found = helped ?? stored;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

async function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  let found = known.get(key);
  if (found === undefined) known.set(key, found = find());
  return found;
}

function filesIn(environment: Environment): readonly string[] {
  const set = (name: string) => environment[name] === '' ? undefined : environment[name];
  const home = set('HOME') ?? homedir();
  const runtime = set('XDG_RUNTIME_DIR');
  const auth = set('REGISTRY_AUTH_FILE');
  return [
    join(set('DOCKER_CONFIG') ?? join(home, '.docker'), 'config.json'),
    ...(auth === undefined ? [] : [auth]),
    ...(runtime === undefined ? [] : [join(runtime, 'containers', 'auth.json')]),
    join(set('XDG_CONFIG_HOME') ?? join(home, '.config'), 'containers', 'auth.json'),
  ];
}

function contentOf(path: string): Buffer | undefined {
  try {
    const bytes = readBytes(path, largestFile);
    if (bytes !== undefined) return bytes;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new RegistryError({ code: 'credentials', subject: path, problem: `the file with credentials cannot be read: ${reasonOf(error)}`, cause: error });
  }
  throw new RegistryError({ code: 'credentials', subject: path, problem: 'the file with credentials is too large' });
}
