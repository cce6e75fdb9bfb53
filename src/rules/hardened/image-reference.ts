import { quoted } from '../../text/text';
import { imageDetail } from '../detail';
import { yaml } from '../example';
import { builtInRule } from '../rule';

export const imageReference = builtInRule({
  id: 'image-reference',
  summary: 'Every image is a reference that every client reads in the same way.',
  law: {
    fields: ['spec.containers[*].image', 'spec.volumes[*].image.reference'],
    allowed: '[registry/]repository[:tag][@digest]; unset only where a controller of the object adds the image',
    source: 'OCI distribution specification 1.1, and the grammar of its reference implementation (distribution/reference)',
  },
  why: 'A reference that cannot be read cannot be judged either, and what one client refuses another may take for a different image.',
  fix: 'write registry/repository:tag@sha256:… in lower case, such as ghcr.io/acme/shop:1.4.2@sha256:<64 hex digits>',
  profile: 'hardened',
  severity: 'medium',
  references: {},
  examples: {
    bad: yaml`
      containers:
      - name: web
        image: https://ghcr.io/acme/Shop
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  *check(pod) {
    for (const image of pod.images) {
      const { text, parsed, pointer, container } = image;
      if (text === undefined) {
        if (!pod.imagesAreOptional) yield { message: 'image must be set, it is not', pointer, container };
      } else if (!parsed.ok) {
        const message = `image must be an image reference, ${quoted(text)} is none: ${parsed.problem}`;
        yield { message, pointer, container, detail: imageDetail({ text, parsed }) };
      }
    }
  },
});
