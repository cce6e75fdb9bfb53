import { readFileSync } from 'node:fs';
import { Outcome, run } from './support';
import { parseLock } from '../../src/lock/parse';
import { startRegistry, TestRegistry, TestRegistryOptions } from '../support/registry';
import { BuiltImage, image, ImageRecipe, index } from '../support/registry/images';
import { file, tar } from '../support/tar';

/** A registry of its own for each test, with what a test puts into it. */
export function useRegistry(options: TestRegistryOptions = {}) {
  let current: TestRegistry;
  beforeEach(async () => { current = await startRegistry(options); });
  afterEach(async () => current.close());
  return {
    get registry(): TestRegistry { return current; },
    /** `127.0.0.1:40123/acme/shop:1`. */
    name: (repository: string, tag: string) => `${current.host}/${repository}:${tag}`,
    /** What was asked: `HEAD /v2/acme/shop/manifests/1`. */
    asked: () => current.log.map(({ method, path }) => `${method} ${path}`),
    push: (repository: string, tag: string, recipe: ImageRecipe = {}) => current.push(repository, image(recipe), tag),
  };
}

/** An index of one image for each platform, all made in the same way. */
export function indexFor(platforms: readonly string[], recipe: ImageRecipe = {}): BuiltImage {
  return index(platforms.map((text) => {
    const [os, architecture] = text.split('/');
    return [image({ ...recipe, os, architecture }), { platform: { os, architecture } }] as const;
  }));
}

/** A layer with users in it. */
export function passwd(...lines: readonly string[]): Buffer {
  return tar([file('etc/passwd', `${lines.join('\n')}\n`)]);
}

export function lockText(path = 'images.lock.json'): string {
  return readFileSync(path, 'utf8');
}

export function locked(path = 'images.lock.json') {
  return parseLock(lockText(path), path).images;
}

/** Runs `lock`, and reads what it says to other programs. */
export async function lockJson(...args: readonly string[]): Promise<Outcome & { readonly json: Readonly<Record<string, unknown>> }> {
  const outcome = await run('lock', '--format', 'json', ...args);
  return { ...outcome, json: JSON.parse(outcome.out) as Readonly<Record<string, unknown>> };
}

/** A pod with these images. */
export function podOf(...images: readonly string[]): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
${images.map((each, at) => `    - name: c${at}\n      image: ${each}\n`).join('')}`;
}
