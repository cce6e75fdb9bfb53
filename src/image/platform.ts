import { UnknownObject, stringField } from '../shape/fields';
import { Malformed } from '../text/malformed';
import { quote } from '../text/quote';

/** What an image runs on, in the words of Go: `linux`, `amd64`, `v7`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  /** The build of Windows, `10.0.20348.2762`. */
  readonly osVersion?: string;
}

/** A value of these is also part of a text with slashes, and of a message. */
const word = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * The platform in a descriptor or a config; undefined where it has none, or leaves out the system or the architecture.
 *
 * The variant `v8` of `arm64` is the only one there is, so both spellings are one platform.
 */
export function readPlatform(object: UnknownObject): Platform | undefined {
  const os = read(object, 'os');
  const architecture = read(object, 'architecture');
  const variant = read(object, 'variant');
  const osVersion = read(object, 'os.version');
  if (os === undefined || architecture === undefined) return undefined;
  return platform(os, architecture, variant, osVersion);
}

function read(object: UnknownObject, key: string): string | undefined {
  const value = stringField(object, key);
  if (value === undefined || value === '') return undefined;
  if (word.test(value)) return value;
  throw new Malformed(`field ${quote(key)} must be a word of at most 64 letters, digits, ".", "_" and "-", it is ${quote(value)}`);
}

function platform(os: string, architecture: string, variant?: string, osVersion?: string): Platform {
  const only = architecture === 'arm64' && variant === 'v8';
  return {
    os,
    architecture,
    ...(variant === undefined || only ? {} : { variant }),
    ...(osVersion === undefined ? {} : { osVersion }),
  };
}

/** `linux/arm/v7`; for Windows with the build, `windows/amd64:10.0.20348.2762`. */
export function formatPlatform({ os, architecture, variant, osVersion }: Platform): string {
  const version = osVersion === undefined ? '' : `:${osVersion}`;
  return `${os}/${architecture}${variant === undefined ? '' : `/${variant}`}${version}`;
}

/** Reads `os/architecture[/variant][:os.version]`; undefined when it is anything else. */
export function parsePlatform(text: string): Platform | undefined {
  const [name, osVersion, ...rest] = text.split(':');
  const parts = name.split('/');
  if (rest.length > 0 || parts.length < 2 || parts.length > 3) return undefined;
  if (![...parts, ...(osVersion === undefined ? [] : [osVersion])].every(part => word.test(part))) return undefined;
  return platform(parts[0], parts[1], parts[2], osVersion);
}

/** Whether the platform is one that is asked for; what the request leaves out may be anything. */
export function matchesPlatform(wanted: Platform, { os, architecture, variant, osVersion }: Platform): boolean {
  return wanted.os === os && wanted.architecture === architecture
    && (wanted.variant === undefined || wanted.variant === variant)
    && (wanted.osVersion === undefined || wanted.osVersion === osVersion);
}

/** BuildKit gives its attestations this platform, so that no runtime selects them. */
export function isUnknown({ os, architecture }: Platform): boolean {
  return os === 'unknown' || architecture === 'unknown';
}

