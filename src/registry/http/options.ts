import type { AddressKind } from './address';
import { Clock, systemClock } from './clock';
import type { Environment } from './proxy';
import type { CredentialLookup } from '../auth/credentials';

/** How long is waited, in milliseconds. */
interface Timeouts {
  /** Until there is a connection, TLS included. */
  readonly connect: number;
  /** For the next byte of an answer. */
  readonly idle: number;
  /** For a manifest, a config or a token: each try of it. */
  readonly total: number;
  /** For one layer. */
  readonly layer: number;
}

export interface RegistryClientOptions {
  /**
   * The registries and token servers, `host` or `host:port`, that may have any certificate, and may be asked by plain HTTP where they do
   * not speak TLS.
   *
   * @default only the machine itself
   */
  readonly insecure?: readonly string[];
  /**
   * Certificates of authorities in PEM, trusted besides those that Node knows.
   *
   * @default none
   */
  readonly ca?: readonly string[];
  /**
   * For a registry, or a path in one, the mirrors that are asked first, in this order: `{ 'docker.io': ['mirror.example/hub'] }`.
   *
   * What is asked by digest is verified all the same; what a tag means is what the mirror says.
   *
   * @default none
   */
  readonly mirrors?: Readonly<Record<string, readonly string[]>>;
  /**
   * Where credentials come from.
   *
   * @default the files of Docker and Podman, and the credential helpers they name
   */
  readonly credentials?: CredentialLookup;
  /** @default connect 10 s, idle 30 s, total 120 s, layer 30 min */
  readonly timeouts?: Partial<Timeouts>;
  /**
   * How often a request is made again that failed for a passing reason.
   *
   * @default 4
   */
  readonly retries?: number;
  /**
   * The longest wait that a registry may ask for, in milliseconds; one that asks for more has failed.
   *
   * @default 60 s
   */
  readonly longestWait?: number;
  /**
   * Requests at the same time to one host.
   *
   * @default 16
   */
  readonly concurrency?: number;
  /**
   * Where the proxies are named: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.
   *
   * @default process.env
   */
  readonly environment?: Environment;
  /** Ends everything that is under way with the code `aborted`. */
  readonly signal?: AbortSignal;
  /** What an address is; there for tests, which have no public one. */
  readonly classify?: (address: string) => AddressKind;
  /** The wait after the first failure in milliseconds, made shorter in tests. */
  readonly firstWait?: number;
  /** The clock by which all times are kept; there for tests. */
  readonly clock?: Clock;
}

export interface Settings {
  readonly insecure: readonly string[];
  readonly ca: readonly string[];
  readonly timeouts: Timeouts;
  readonly retries: number;
  readonly longestWait: number;
  readonly firstWait: number;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
  readonly classify?: (address: string) => AddressKind;
}

export function settingsOf(options: RegistryClientOptions): Settings {
  return {
    insecure: options.insecure ?? [],
    ca: options.ca ?? [],
    timeouts: { connect: 10_000, idle: 30_000, total: 120_000, layer: 1_800_000, ...options.timeouts },
    retries: options.retries ?? 4,
    longestWait: options.longestWait ?? 60_000,
    firstWait: options.firstWait ?? 250,
    clock: options.clock ?? systemClock,
    concurrency: Math.max(1, options.concurrency ?? 16),
    environment: options.environment ?? process.env,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.classify === undefined ? {} : { classify: options.classify }),
  };
}
