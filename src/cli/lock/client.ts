import { X509Certificate } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { UsageError } from '../io';
import type { LockOptions } from './options';
import { readText } from '../../files/read';
import { parseImageReference } from '../../image/reference';
import { RegistryError } from '../../oci/error';
import { createRegistryClient, RegistryClient } from '../../registry/client';
import { printable } from '../../text/printable';
import { quoted } from '../../text/text';

/** A file of certificates is no larger. */
const largestCa = 16 * 1024 * 1024;

/**
 * The client that the options ask for, with the mirrors of the policy.
 *
 * @throws UsageError, PolicyError `invalid-policy`
 */
export function clientFor({ policy, insecure, ca, concurrency }: LockOptions, signal: AbortSignal): RegistryClient {
  for (const host of insecure) requireHost(host);
  try {
    return createRegistryClient({
      insecure,
      signal,
      mirrors: mirrorsOf(policy),
      ...(ca === undefined ? {} : { ca: certificatesIn(ca) }),
      ...(concurrency === undefined ? {} : { concurrency }),
    });
  } catch (error) {
    throw error instanceof RegistryError ? new UsageError(error.message) : error;
  }
}

function requireHost(host: string): void {
  const parsed = parseImageReference(`${host}/x`);
  if (!parsed.ok || parsed.reference.registry !== host) throw new UsageError(`--insecure: must be a host with an optional port, it is ${quoted(host)}`);
}

function mirrorsOf(named: string | undefined): Readonly<Record<string, readonly string[]>> {
  if (named === undefined && lstatSync('hardened.yaml', { throwIfNoEntry: false }) === undefined) return {};
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- many projects have no policy, and rules are a third of the start
  const { readPolicy } = require('../../judge/policy-in-force') as typeof import('../../judge/policy-in-force');
  const { registries = {} } = readPolicy(named, 'any').policy;
  const entries = Object.entries(registries).map(([entry, { mirrors = [] }]) => [entry, mirrors] as const);
  return Object.fromEntries(entries.filter(([, mirrors]) => mirrors.length > 0));
}

/** Each certificate is read once here, because a connection would only say that it trusts nobody. */
function certificatesIn(file: string): readonly string[] {
  const read = readText(file, largestCa);
  if ('error' in read) throw new UsageError(`--ca: ${printable(file)}: ${read.error.message}`);
  const found = read.text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new UsageError(`--ca: ${printable(file)}: holds no certificate in PEM ("-----BEGIN CERTIFICATE-----")`);
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      throw new UsageError(`--ca: ${printable(file)}: certificate ${index + 1} of ${found.length} cannot be read`);
    }
  }
  return found;
}
