import { PinnedImage } from '../../src';

/**
 * Every image of the shop, in one place for Renovate: the tag is for people, the digest is what runs.
 *
 * The digests are invented, so that nobody runs an example by accident.
 */
export const images = {
  storefront: 'ghcr.io/acme/shop-storefront:2.8.1@sha256:df758d6b60fcc55167ea5f6067b16beb0be09c0c50be614c0259a4f11a45c78e',
  api: 'ghcr.io/acme/shop-api:4.12.0@sha256:208f7ebc8e13e955d951d5160d579c5d266aea183d3d4df4e659faa1d1020d59',
  worker: 'ghcr.io/acme/shop-worker:4.12.0@sha256:5a1d036bcdd9c8c578f16af23d34b26ece2828dfcc64080f1902804b8046f545',
  migrate: 'ghcr.io/acme/shop-migrate:4.12.0@sha256:f3620d4562466e0126a68008159c504e17e461f46cb6922a6563f68d52489cda',
  postgres: 'docker.io/library/postgres:17.5@sha256:0eae377c96fd30fa7a8f5a638591d3abc5982c63dcdabc5b83215543bfb0d9bc',
  statsdExporter: 'quay.io/prometheus/statsd-exporter:v0.28.0@sha256:7e04f5b175f711c3e9041351496d48d61306965248abbc99a368c59f7b33e094',
} as const satisfies Record<string, PinnedImage>;
