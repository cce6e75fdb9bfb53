import { ForbiddenAddress, ProxyRefusal } from './agents';
import { RegistryError, RegistryErrorCode, systemCode } from '../../oci/error';
import { quote } from '../../text/quote';

/** The time that ran out, and what for; a server that only stood still may be asked again. */
export class TimedOut extends Error {
  public constructor(message: string, public readonly again: boolean) {
    super(message);
  }
}

/** A host that answered earlier in this run, and now takes no connection: it may be starting again, or another takes its place. */
class Restarting extends Error {}

/** What a host that is down answers with, or a network that knows it no more. */
const refusing: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);

/** The error as it counts for a host that has answered before: on first contact the same one says that the name is wrong. */
export function afterAnswer(error: unknown): unknown {
  return refusing.has(systemCode(error)) ? new Restarting('', { cause: error }) : error;
}

/** The caller's signal. */
export class Stopped extends Error {}

/** Whether it is worth another try. */
const passing: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ERR_STREAM_PREMATURE_CLOSE']);

export function isPassing(error: unknown): boolean {
  if (error instanceof RegistryError) return isPassing(error.cause);
  if (error instanceof Restarting) return true;
  return error instanceof TimedOut ? error.again : passing.has(systemCode(error));
}

/** Puts what Node throws into our words; `host` is who was asked. */
export function failure(error: unknown, subject: string, host: string): RegistryError {
  if (error instanceof RegistryError) return error;
  const [code, problem, fix] = explain(error, host);
  return new RegistryError({ code, subject, problem, ...(fix === undefined ? {} : { fix }), cause: error });
}

function explain(error: unknown, host: string): readonly [RegistryErrorCode, string, string?] {
  if (error instanceof TimedOut) return ['timeout', `${host} ${error.message}`];
  if (error instanceof Stopped) return ['aborted', 'the work was stopped'];
  if (error instanceof Restarting) {
    return ['connection', `${host} answered before and takes no connection now (${systemCode(error.cause)})`, 'see whether the registry still runs'];
  }
  if (error instanceof ProxyRefusal) return ['connection', error.message, 'see HTTPS_PROXY and NO_PROXY'];
  if (error instanceof ForbiddenAddress) {
    return ['redirect', `${host} has a ${error.message}, and the registry that leads there is not one of that network`];
  }
  const code = systemCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOTFOUND') return ['connection', `the host ${host} is not found`, 'see the spelling of the registry, and the network'];
  if (code === 'ECONNREFUSED') return ['connection', `${host} refuses the connection`, 'see the port, and whether the registry runs'];
  if (code.startsWith('HPE_')) return ['malformed', `${host} does not answer in HTTP (${code})`];
  if (/wrong version number|packet length too long|http request/i.test(message)) {
    return ['tls', `${host} does not speak TLS`, 'name it among the insecure registries if plain HTTP is meant'];
  }
  if (isTls(code)) {
    return ['tls', `the certificate of ${host} is not trusted (${code})`, 'give the certificate of its authority, or mend the host name'];
  }
  if (passing.has(code)) return ['connection', `the connection to ${host} broke (${code})`];
  return ['connection', `${host} cannot be reached (${code === '' ? quote(message) : code})`];
}

function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/.test(code);
}
