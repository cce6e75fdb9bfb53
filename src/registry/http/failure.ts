import { ForbiddenAddress, NoTunnel, ProxyRefusal } from './agents';
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
  if (isTlsRecord(error)) return speaksTls(subject, host);
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
  const [bare] = host.split(' ');
  if (code === 'ENOTFOUND') return ['connection', `the host ${host} is not found`, 'see the spelling of the registry, and the network'];
  if (code === 'ECONNREFUSED') return ['connection', `${host} refuses the connection`, 'see the port, and whether the registry runs'];
  if (code.startsWith('HPE_')) return ['malformed', `${host} does not answer in HTTP (${code})`];
  if (isPlain(error)) {
    return ['tls', `${host} answers HTTPS in plain HTTP, or in something else that is not TLS`, `if plain HTTP is meant there, allow it: --insecure ${bare}`];
  }
  if (code === 'EPROTO') return ['tls', `${host} and Node agree on no way to speak TLS (${quote(message)})`, 'see which versions of TLS the server offers'];
  if (isTls(code)) {
    const fix = `trust its authority with --ca FILE, mend the host name, or take any certificate with --insecure ${bare}`;
    return ['tls', `the certificate of ${host} is not trusted (${code})`, fix];
  }
  if (passing.has(code)) return ['connection', `the connection to ${host} broke (${code})`];
  return ['connection', `${host} cannot be reached (${code === '' ? quote(message) : code})`];
}

const withHttps = 'whoever names it has to write https://';

/** Plain HTTP where TLS is spoken: some servers say so in HTTP, others in TLS. */
export function speaksTls(subject: string, host: string): RegistryError {
  return new RegistryError({ code: 'tls', subject, problem: `${host} speaks TLS, and was asked by plain HTTP`, fix: withHttps });
}

/** What a failed first request says of the peer: that it speaks TLS, whoever it is; that HTTP is all that can be had; or nothing. */
export function peerOf({ cause }: RegistryError, { port }: URL): 'tls' | 'plain' | undefined {
  if (isPlain(cause) || cause instanceof NoTunnel) return 'plain';
  const code = systemCode(cause);
  // By plain HTTP it is another port where none is named, and there may be a proxy that knows the name.
  if ((port === '' && code === 'ECONNREFUSED') || code === 'ENOTFOUND') return 'plain';
  return isTls(code) ? 'tls' : undefined;
}

function isPlain(error: unknown): boolean {
  // Not by `instanceof`: Node's own errors may be of another realm.
  return /wrong version number|packet length too long|http request/i.test(String(error)) && isTls(systemCode(error));
}

/** Whether what could not be read as HTTP is a record of TLS: of the types 20 to 23, of the version 3. */
function isTlsRecord(error: unknown): boolean {
  const packet = typeof error === 'object' && error !== null && 'rawPacket' in error ? error.rawPacket : undefined;
  if (!Buffer.isBuffer(packet)) return false;
  const [type, version] = packet;
  return type >= 20 && type <= 23 && version === 3;
}

function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/.test(code);
}
