import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from './certificate';
import type { BuiltImage, Stored } from './images';

/** Debian's docker-registry on a loopback port, with storage of its own. */
export interface Distribution {
  readonly host: string;
  push(repository: string, image: BuiltImage, tag?: string): Promise<void>;
  /** Deletes a manifest, also one that an index still names. */
  remove(repository: string, digest: string): Promise<void>;
  /** Serves the same by HTTPS too, until it is closed. @returns the host */
  overTls(certificate: Certificate): Promise<string>;
  close(): Promise<void>;
}

export interface DistributionUser {
  readonly user: string;
  readonly password: string;
}

export async function startDistribution(login?: DistributionUser): Promise<Distribution> {
  const folder = mkdtempSync(join(tmpdir(), 'distribution-'));
  const auth = login === undefined ? {} : { auth: { htpasswd: { realm: 'tests', path: join(folder, 'htpasswd') } } };
  if (login !== undefined) {
    writeFileSync(join(folder, 'htpasswd'), execFileSync('htpasswd', ['-Bbn', login.user, login.password]));
  }
  const processes: ChildProcess[] = [];
  const serve = async (config: string, http: object): Promise<string> => {
    // JSON is YAML.
    writeFileSync(join(folder, config), JSON.stringify({
      version: 0.1,
      log: { level: 'info' },
      storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
      http: { addr: '127.0.0.1:0', secret: 'tests', ...http },
      ...auth,
    }));
    const child = spawn('docker-registry', ['serve', join(folder, config)], { stdio: ['ignore', 'ignore', 'pipe'] });
    processes.push(child);
    return listening(child);
  };
  const host = await serve('config.yml', {});
  const authorization = login === undefined ? undefined : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const headers: Readonly<Record<string, string>> = authorization === undefined ? {} : { authorization };

  const send = async (method: string, url: string, { bytes, mediaType }: Stored) => {
    const response = await fetch(url, { method, body: new Uint8Array(bytes), headers: { ...headers, 'content-type': mediaType } });
    if (response.status !== 201) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  };
  const push: Distribution['push'] = async (repository, { manifest, blobs, children }, tag = manifest.digest) => {
    for (const entry of children) await push(repository, entry);
    for (const blob of blobs) {
      const upload = await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: 'POST', headers });
      const location = new URL(upload.headers.get('location') ?? '', `http://${host}`);
      location.searchParams.set('digest', blob.digest);
      await send('PUT', location.href, { ...blob, mediaType: 'application/octet-stream' });
    }
    await send('PUT', `http://${host}/v2/${repository}/manifests/${tag}`, manifest);
  };

  return {
    host,
    push,
    remove: async (repository, digest) => {
      const { status } = await fetch(`http://${host}/v2/${repository}/manifests/${digest}`, { method: 'DELETE', headers });
      if (status !== 202) throw new Error(`DELETE ${digest}: ${status}`);
    },
    overTls: async ({ key, cert }) => {
      const files = { key: join(folder, 'key'), certificate: join(folder, 'cert') };
      writeFileSync(files.key, key);
      writeFileSync(files.certificate, cert);
      return serve('tls.yml', { tls: files });
    },
    close: async () => {
      for (const child of processes) {
        const ended = new Promise(resolve => child.once('exit', resolve));
        child.kill();
        await ended;
      }
      rmSync(folder, { recursive: true });
    },
  };
}

/** The address is the registry's choice, and stands in its log. */
async function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const match = /listening on (127\.0\.0\.1:\d+)/.exec(log);
      if (match !== null) resolve(match[1]);
    });
    server.once('error', reject);
    server.once('exit', status => reject(new Error(`docker-registry ended with ${status}: ${log}`)));
  });
}
