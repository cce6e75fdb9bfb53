import type { ImageSource } from '../../src/oci/source';
import { createRegistryClient } from '../../src/registry/client';
import type { RegistryClientOptions } from '../../src/registry/http/options';
import type { TestRegistry } from '../support/registry';

/** A client that has no credentials and little patience. */
export function quickClient(options: RegistryClientOptions = {}) {
  return createRegistryClient({
    credentials: async () => undefined,
    environment: {},
    firstWait: 1,
    ...options,
    timeouts: { connect: 2000, idle: 2000, total: 5000, layer: 5000, ...options.timeouts },
  });
}

export function clientFor({ host }: Pick<TestRegistry, 'host'>, options: RegistryClientOptions = {}) {
  const client = quickClient(options);
  return {
    repository: (repository: string): ImageSource => client.source({ registry: host, repository }),
    close: () => client.close(),
  };
}

/** The error that a promise is rejected with: its code and its message. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${String(error.code)}: ${error.message}` : String(error);
  }
  return 'no error';
}
