import { hasDrifted } from '../../image/facts';
import { quoted, quotedUpTo } from '../../text/text';
import { repositoryOf } from '../detail';
import { yaml } from '../example';
import { builtInRule } from '../rule';

export const imageDrift = builtInRule({
  id: 'image-drift',
  summary: 'Every digest is the one that is locked for its tag.',
  law: {
    fields: ['spec.containers[*].image', 'spec.volumes[*].image.reference'],
    allowed: 'the digest that is locked for the tag, or that of one of its platforms; a reference without a digest or without a tag',
    source: 'OCI image specification 1.1, "Digests"',
  },
  why: 'The digest decides what runs, and the tag is what people read. Where they disagree, the lock or the manifest is out of date, and what the lock says of the image is about another one.',
  fix: 'lock the image again if the manifest is right, or write the digest that is locked',
  profile: 'hardened',
  severity: 'medium',
  references: {},
  examples: {
    bad: yaml`
      # images.lock.json: ghcr.io/acme/shop:1.4.2 is sha256:6c3c624b58db…
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:9f1b2c7de04a5b6839c1d2e3f4a5968778695a4b3c2d1e0f9e8d7c6b5a403f2e
    `,
    good: yaml`
      # images.lock.json: ghcr.io/acme/shop:1.4.2 is sha256:6c3c624b58db…
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  *check(pod, { lock }) {
    if (lock === undefined) return;
    for (const { parsed, pointer, container } of pod.images) {
      if (!parsed.ok || parsed.reference.digest === undefined) continue;
      const locked = lock.find(parsed.reference);
      if (locked === undefined || !hasDrifted(parsed.reference, locked)) continue;
      const { reference, digest } = locked;
      yield {
        message: `image is pinned to ${short(parsed.reference.digest)}, ${quoted(reference)} is locked as ${short(digest)}`,
        pointer,
        container,
        detail: repositoryOf(parsed.reference),
        fix: `run cdk8s-hardened lock --update ${quotedUpTo(200, reference)} if the manifest is right, or write the digest ${quotedUpTo(140, digest)}`,
      };
    }
  },
});

/** `sha256:0123456789ab…`: as much of a digest as people compare. */
function short(digest: string): string {
  const [, start] = /^(\w+:\w{12})\w+$/.exec(digest) ?? [];
  return start === undefined ? quoted(digest) : `${start}…`;
}
