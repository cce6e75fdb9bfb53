import { Manifest, Pod } from '../../src/manifest/pod';
import { readManifests } from '../../src/manifest/read';

export const container = { name: 'app', image: 'ghcr.io/acme/app:1' };
export const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } };

export function only<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0]!;
}

export function read(document: unknown): Manifest {
  return only(readManifests(document));
}

export function readPodIn(document: unknown): Pod {
  const manifest = read(document);
  expect(manifest.malformed).toEqual([]);
  return only(manifest.pods);
}

/** Every malformed place of a document, as `pointer: message`. */
export function problems(document: unknown): string[] {
  return readManifests(document)
    .flatMap((manifest) => [...manifest.malformed, ...[...manifest.pods, ...manifest.persistentVolumes].flatMap((part) => part.malformed)])
    .map(({ pointer, message }) => `${pointer}: ${message}`);
}

/** Where the containers of a document are. */
export function containerPointers(document: unknown): string[] {
  return readManifests(document).flatMap(({ pods }) => pods.flatMap(({ containers }) => containers.map(({ pointer }) => pointer)));
}

export function pod(spec: unknown): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec };
}

export function custom(spec: unknown, kind = 'Thing'): Record<string, unknown> {
  return { apiVersion: 'acme.example/v1', kind, metadata: { name: 't' }, spec };
}
