import { createAuthorize } from './auth/authorize';
import { configuredCredentials } from './auth/configured';
import { RegistryError } from '../oci/error';
import { Endpoint, endpointOf } from './http/endpoint';
import { createExchange } from './http/exchange';
import { withFirstContact } from './http/first-contact';
import { createHostQueue } from './http/host-queue';
import { RegistryClientOptions, settingsOf } from './http/options';
import { repositorySource } from './repository';
import { pathProblem } from '../image/grammar';
import { findRegistry, parseRegistryPattern, RegistryPattern, RegistryPatternError } from '../image/pattern';
import { formatImageReference, ImageReference, parseImageReference } from '../image/reference';
import type { ImageSource } from '../oci/source';
import { quote } from '../text/quote';

/** Reads images from registries; connections, tokens and credentials are shared between all that it reads. */
export interface RegistryClient {
  /**
   * The repository that a reference names; its tag and digest are not looked at.
   *
   * @throws RegistryError with the code `invalid` when the reference is none
   */
  source(reference: ImageReference): ImageSource;
  /** Closes the connections that wait for more; what is under way fails. */
  close(): void;
}

/**
 * A client of the OCI distribution protocol: HTTPS, tokens, mirrors, and every byte held against its digest.
 *
 * Nothing is asked before the first image is. Credentials of a registry are sent to it and to the server of tokens that it
 * names over HTTPS, and never follow a redirect. What a proxy resolves for us is not examined for private addresses.
 *
 * @throws RegistryError with the code `invalid` when an option cannot be used
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
 */
export function createRegistryClient(options: RegistryClientOptions = {}): RegistryClient {
  const settings = settingsOf(options);
  const exchange = withFirstContact(createExchange(settings));
  const lookup = options.credentials ?? configuredCredentials({ environment: settings.environment });
  const authorize = createAuthorize(exchange, lookup, settings.insecure);
  const queue = createHostQueue(settings.concurrency);
  const mirrors = Object.entries(options.mirrors ?? {}).map(([place, list]) => ({ pattern: patternOf(place), list }));
  for (const mirror of mirrors.flatMap(({ list }) => list)) mirrorEndpoint(mirror, settings.insecure, '');

  return {
    source: reference => {
      const text = formatImageReference(reference);
      // Put together by hand, a reference may be anything; parts of it become parts of a URL.
      const parsed = parseImageReference(text);
      if (!parsed.ok) throw new RegistryError({ code: 'invalid', subject: quote(text), problem: parsed.problem });
      const { registry, repository } = parsed.reference;
      const list = findRegistry(mirrors, parsed.reference)?.list ?? [];
      const endpoints = [
        ...list.map(mirror => mirrorEndpoint(mirror, settings.insecure, registry)),
        endpointOf(registry, settings.insecure),
      ];
      return repositorySource(`${registry}/${repository}`, repository, endpoints, { settings, exchange, authorize, queue });
    },
    close: () => exchange.close(),
  };
}

function patternOf(place: string): RegistryPattern {
  try {
    return parseRegistryPattern(place);
  } catch (error) {
    if (!(error instanceof RegistryPatternError)) throw error;
    throw new RegistryError({ code: 'invalid', subject: 'mirrors', problem: error.message });
  }
}

function mirrorEndpoint(mirror: string, insecure: readonly string[], mirrorOf: string): Endpoint {
  const [, ...path] = mirror.replace(/\/+$/, '').split('/');
  const problem = mirror.includes('://') ? 'must not have a scheme' : path.length === 0 ? undefined : pathProblem(path);
  if (problem !== undefined) throw new RegistryError({ code: 'invalid', subject: `mirror ${quote(mirror)}`, problem });
  return endpointOf(mirror, insecure, mirrorOf);
}
