import { createHash } from 'node:crypto';
import type { ImageFacts, PlatformFacts } from '../../src/image/facts';
import { referenceOfName } from '../../src/lock/reference';

/** A digest that stands for a word. */
export function digestOf(word: string): string {
  return `sha256:${createHash('sha256').update(word).digest('hex')}`;
}

export function platform(word: string, others: Partial<PlatformFacts> = {}): PlatformFacts {
  return {
    config: digestOf(`${word} config`),
    diffIds: [digestOf('base layer'), digestOf(`${word} layer`)],
    entrypoint: true,
    layers: 2,
    manifest: digestOf(`${word} manifest`),
    size: 12_345,
    ...others,
  };
}

/** An image of which everything follows from its name and a word. */
export function imageOf(name: string, word = name, others: Partial<ImageFacts> = {}): ImageFacts {
  return {
    digest: digestOf(word),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    platforms: { 'linux/amd64': platform(`${word} amd64`), 'linux/arm64': platform(`${word} arm64`, { user: 'app', uid: 1000 }) },
    reference: referenceOfName(name) ?? name,
    ...others,
  };
}
