import { quoted } from '../../text/text';
import { imageDetail, repositoryOf } from '../detail';
import { yaml } from '../example';
import { namedImages } from '../named-images';
import { builtInRule, TrustedRegistry } from '../rule';
import { trustedRegistry } from '../trusted-registry';

export const imageRegistry = builtInRule({
  id: 'image-registry',
  summary: 'Every image comes from a registry and repository that the policy trusts.',
  law: {
    fields: ['spec.containers[*].image', 'spec.volumes[*].image.reference'],
    allowed: 'a reference that, with Docker Hub names written in full, lies at or below one of the registries of the policy, compared by whole host labels and path segments; with no entry, none',
    source: 'NSA/CISA Kubernetes Hardening Guide, "Building secure container images"; NIST SP 800-190, 4.1.5',
  },
  why: 'Anybody can push to a public registry, under a name that looks like a known one. The platform team decides what is trusted, so nothing is trusted that the policy does not name.',
  fix: 'use an image from a trusted registry, or have the registry named in the policy: registries: { \'ghcr.io/acme\': {} }',
  profile: 'hardened',
  severity: 'high',
  references: {
    nsa: 'Building secure container images',
    kyverno: ['restrict-image-registries', 'allowed-image-repos'],
    kubeLinter: ['latest-tag'],
    trivy: ['KSV-0125'],
    kubescape: ['C-0078', 'C-0304'],
  },
  examples: {
    bad: yaml`
      # policy: registries: { ghcr.io/acme: {} }
      containers:
      - name: web
        image: ghcr.io/acme-evil/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # policy: registries: { ghcr.io/acme: {} }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  *check(pod, context) {
    for (const { text, parsed, pointer, container } of namedImages(pod)) {
      if (!parsed.ok) {
        yield { message: `image must be from a trusted registry, ${quoted(text)} cannot be read`, pointer, container, detail: imageDetail({ text, parsed }) };
        continue;
      }
      if (trustedRegistry(context.registries, parsed.reference) !== undefined) continue;
      const place = repositoryOf(parsed.reference);
      yield {
        message: `image must be from a trusted registry, ${quoted(place)} is not: ${trustedOnly(context.registries)}`,
        pointer,
        container,
        detail: place,
        fix: `use an image from a trusted registry, or have this one named in the policy: registries: { ${entryFor(place)}: {} }`,
      };
    }
  },
});

const mostNamed = 4;

function trustedOnly(registries: readonly TrustedRegistry[]): string {
  if (registries.length === 0) return 'no registry is trusted; name one in the policy: registries: { \'ghcr.io/acme\': {} }';
  const named = registries.slice(0, mostNamed).map(({ pattern }) => quoted(pattern.text)).join(', ');
  const rest = registries.length - mostNamed;
  return `trusted ${registries.length === 1 ? 'is' : 'are'} ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The folder of the image: the narrowest entry that a team would write. A reference that was read holds no quote. */
function entryFor(place: string): string {
  return `'${place.slice(0, place.lastIndexOf('/'))}'`;
}
