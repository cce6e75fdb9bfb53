import { spawn } from 'node:child_process';
import type { Credentials } from './credentials';
import { RegistryError, systemCode } from '../../oci/error';
import { field, isJsonObject } from '../../shape/fields';
import { quote } from '../../text/quote';
import type { Environment } from '../http/proxy';

interface HelperOptions {
  readonly environment: Environment;
  /** In milliseconds. */
  readonly timeout: number;
}

const longestOutput = 64 * 1024;
const notFound = /credentials not found/i;

/**
 * Asks `docker-credential-NAME` for what it has about a server; undefined when it has nothing.
 *
 * The helper is started without a shell, found on the `PATH`, given the server on its standard input, and ended when it takes too
 * long or says too much. What it says is never repeated in a message.
 *
 * @throws RegistryError with the code `credentials`
 * @see https://github.com/docker/docker-credential-helpers
 */
export async function askHelper(name: string, server: string, options: HelperOptions): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  const refuse = (problem: string, fix?: string) => {
    return new RegistryError({ code: 'credentials', subject: server, problem, ...(fix === undefined ? {} : { fix }) });
  };
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) throw refuse(`the name of a credential helper must be letters, digits, ".", "_" and "-", it is ${quote(name)}`);
  const { status, output } = await run(program, `${server}\n`, options, refuse);
  if (status !== 0) {
    if (notFound.test(output)) return undefined;
    throw refuse(`the credential helper ${program} failed with status ${status}`, `run "${program} get" to see why`);
  }
  const answer = parse(output);
  if (answer === undefined) throw refuse(`the credential helper ${program} does not answer in JSON with "Username" and "Secret"`);
  const { user, secret } = answer;
  if (user === '' && secret === '') return undefined;
  // The word of the protocol for a secret that is a token.
  if (user === '<token>') return { kind: 'identity', token: secret, origin: program };
  return { kind: 'basic', user, password: secret, origin: program };
}

function parse(output: string): { readonly user: string; readonly secret: string } | undefined {
  try {
    const value: unknown = JSON.parse(output);
    if (!isJsonObject(value)) return undefined;
    const user = field(value, 'Username');
    const secret = field(value, 'Secret');
    return typeof user === 'string' && typeof secret === 'string' ? { user, secret } : undefined;
  } catch {
    return undefined;
  }
}

interface Finished {
  readonly status: number;
  readonly output: string;
}

async function run(
  program: string, input: string, { environment, timeout }: HelperOptions, refuse: (problem: string, fix?: string) => RegistryError,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { env: { ...environment }, shell: false, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (error: RegistryError) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      // A child of the helper may live on and keep the pipes open.
      child.stdin.destroy();
      child.stdout.destroy();
      child.unref();
      reject(error);
    };
    const timer = setTimeout(() => stop(refuse(`the credential helper ${program} gave no answer in ${timeout / 1000} s`)), timeout);
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestOutput) stop(refuse(`the credential helper ${program} says more than ${longestOutput} bytes`));
      else chunks.push(chunk);
    });
    child.once('error', error => {
      const missing = systemCode(error) === 'ENOENT';
      stop(refuse(`the credential helper ${program} ${missing ? 'is not on the PATH' : 'cannot be started'}`,
        'install it, or take it out of the file with the credentials'));
    });
    child.once('close', status => {
      clearTimeout(timer);
      resolve({ status: status ?? -1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
