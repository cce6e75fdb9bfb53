import { writeFileSync } from 'node:fs';
import { AuthMode, faults, image, startRegistry } from '../test/support/registry';

/**
 * The registry of the tests in a process of its own, so that it takes no time of the event loop that is measured:
 * `registry-process.ts FILE IMAGES REPOSITORIES DELAY AUTH` writes its host into FILE, and answers `/counts` with what it was asked.
 */
async function serve(file: string, images: number, repositories: number, delay: number, kind: 'none' | 'bearer'): Promise<void> {
  const auth: AuthMode = { kind };
  const registry = await startRegistry({ auth });
  for (let index = 0; index < images; index++) {
    registry.push(`acme/app-${index % repositories}`, image({ user: '1000', command: [`version ${index}`] }), String(index));
  }
  registry.fault({
    on: /^GET \/counts/,
    answer: (_request, response) => {
      const count = (expression: RegExp) => registry.log.filter(({ method, path }) => expression.test(`${method} ${path}`)).length;
      response.end(JSON.stringify({ heads: count(/^HEAD .*\/manifests\//), tokens: count(/\/token/), all: count(/^(?!GET \/counts)/) }));
      registry.clearLog();
    },
  });
  // What skopeo asks before anything else.
  registry.fault({ on: /^GET \/v2\/$/, answer: (_request, response) => setTimeout(() => response.writeHead(200).end('{}'), delay) });
  if (delay > 0) registry.fault({ on: /./, answer: faults.delay(delay) });
  writeFileSync(file, registry.host);
}

const [file, images, repositories, delay, kind] = process.argv.slice(2);
void serve(file, Number(images), Number(repositories), Number(delay), kind === 'bearer' ? 'bearer' : 'none');
