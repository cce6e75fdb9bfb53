import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProcess, sideBySide, withScratch } from './measure';
import { build } from '../scripts/built-package';
import type { ImageFacts, PlatformFacts } from '../src/image/facts';
import { formatLock } from '../src/lock/format';

const images = 1000;

/**
 * The same app with and without a lock that holds its images, from `new App` to the last file: `locked` has it from `Lock.fromFile`,
 * `imported` from the JSON, which is proven then; with `tags` it is the lock that pins.
 */
export function synthLock(): void {
  withScratch((folder) => {
    build(join(folder, 'package'));
    const library = join(folder, 'package', 'lib');
    const lock = join(folder, 'images.lock.json');
    writeFileSync(lock, formatLock({ images: new Map(Array.from({ length: images }, (_, i) => imageOf(`ghcr.io/acme/shop-${i}:1.4.2`))) }));
    for (const workloads of [1000, 2000]) {
      const run = (which: string) => () => inProcess('synth-locked-one.js', library, which, String(workloads), lock, join(folder, 'dist'));
      const { pinned, ...others } = sideBySide(15, {
        pinned: run('pinned'), locked: run('locked'), imported: run('imported'), tags: run('tags'),
      });
      const ratios = Object.entries(others).map(([name, { ms, rssMiB }]) =>
        `${name} ${(ms / pinned.ms).toFixed(3)}× (memory ${(rssMiB / pinned.rssMiB).toFixed(2)}×)`);
      console.log(`  ${workloads} deployments with a lock of ${images} images, against ${pinned.ms.toFixed(0)} ms without: ${ratios.join(', ')}`);
    }
    const { ms } = sideBySide(9, { read: () => inProcess('lock-read-one.js', library, lock) }).read;
    console.log(`  reading the lock from its file: ${ms.toFixed(0)} ms`);
  });
}

/** As images are: two platforms, some layers, a user by number. */
function imageOf(name: string): readonly [string, ImageFacts] {
  const digestOf = (what: string) => `sha256:${createHash('sha256').update(`${name} ${what}`).digest('hex')}`;
  const platform = (word: string): PlatformFacts => ({
    manifest: digestOf(`${word} manifest`),
    config: digestOf(`${word} config`),
    user: '65532',
    uid: 65532,
    ports: ['8080/tcp'],
    entrypoint: true,
    size: 50_000_000,
    layers: 8,
    diffIds: Array.from({ length: 8 }, (_, layer) => digestOf(`${word} ${layer}`)),
  });
  return [name, {
    reference: name,
    digest: digestOf('index'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    platforms: { 'linux/amd64': platform('amd64'), 'linux/arm64': platform('arm64') },
  }];
}
