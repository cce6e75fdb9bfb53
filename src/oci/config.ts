import { parseAsGo } from './go-json';
import { configType } from './go-types';
import { portRanges } from './ports';
import { digestProblem } from '../image/digest';
import { Platform, readPlatform } from '../image/platform';
import { field, UnknownObject, listField, objectField, stringField, stringsField } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** What an image says of itself. */
interface ImageConfig {
  /** Undefined where the config leaves out the system or the architecture. */
  readonly platform?: Platform;
  /** `user`, `user:group`, or empty: exactly what the kubelet gets to see. */
  readonly user: string;
  /** The paths of `VOLUME`, sorted. */
  readonly volumes: readonly string[];
  /** `8080/tcp`, and `7000-7999/tcp` for ports in a row; sorted. */
  readonly ports: readonly string[];
  readonly entrypoint: boolean;
  readonly command: boolean;
  /** The digests of the uncompressed layers, lowest first. */
  readonly diffIds: readonly string[];
}

/** Far above what images have; below what would flood a lock file or a terminal. */
const longestUser = 256;
const longestName = 4096;
const mostNames = 1000;
/** Each port there is, for TCP, UDP and SCTP. */
const mostPorts = 3 * 65_536;

/**
 * Reads an image config; every field may be missing or `null`, and is empty then.
 *
 * @throws Malformed when it is not what the specification says
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md
 */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  const body = parseAsGo(bytes, configType);
  const config = objectField(body, 'config') ?? {};
  const platform = readPlatform(body);
  return {
    ...(platform === undefined ? {} : { platform }),
    user: userField(config),
    volumes: namesField(config, 'Volumes'),
    ports: portsField(config),
    entrypoint: hasWords(config, 'Entrypoint'),
    command: hasWords(config, 'Cmd'),
    diffIds: diffIds(objectField(body, 'rootfs') ?? {}),
  };
}

function userField(config: UnknownObject): string {
  const user = stringField(config, 'User') ?? '';
  if (user.length <= longestUser && !/\p{Cc}/u.test(user)) return user;
  throw new Malformed(`field "User" must be a user of at most ${longestUser} printable characters, it is ${quote(user)}`);
}

function portsField(config: UnknownObject): readonly string[] {
  const ports = portRanges(namesField(config, 'ExposedPorts', mostPorts));
  if (ports.length <= mostNames) return ports;
  throw new Malformed(`field "ExposedPorts" must have at most ${mostNames} ranges of ports, it has ${ports.length}`);
}

/** The keys of a map whose values mean nothing. */
function namesField(config: UnknownObject, key: string, most = mostNames): readonly string[] {
  const names = Object.keys(objectField(config, key) ?? {}).sort();
  if (names.length > most) throw new Malformed(`field "${key}" must have at most ${most} entries, it has ${names.length}`);
  const bad = names.find(name => name.length > longestName || /\p{Cc}/u.test(name));
  if (bad === undefined) return names;
  throw new Malformed(`field "${key}" must have printable keys of at most ${longestName} characters, one is ${quote(bad)}`);
}

/** Very old builders wrote one text where a list belongs. */
function hasWords(config: UnknownObject, key: string): boolean {
  const value = field(config, key);
  return typeof value === 'string' ? value !== '' : (listField(config, key) ?? []).length > 0;
}

function diffIds(rootfs: UnknownObject): readonly string[] {
  const ids = stringsField(rootfs, 'diff_ids') ?? [];
  for (const id of ids) {
    const problem = digestProblem(id);
    if (problem !== undefined) throw new Malformed(`field "diff_ids" must be digests: ${problem}`);
  }
  return ids;
}
