import type { ImageSource } from '../../src/oci/source';
import { createRegistryClient } from '../../src/registry/client';
import type { RegistryClientOptions } from '../../src/registry/http/options';
import { TestClock } from '../support/clock';
import type { TestRegistry } from '../support/registry';

/** The clock of all the clients of a test file. */
export const clock = new TestClock();

/** A client that has no credentials and waits by that clock. */
export function quickClient(options: RegistryClientOptions = {}) {
  return createRegistryClient({
    credentials: async () => undefined,
    environment: {},
    clock,
    ...options,
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
