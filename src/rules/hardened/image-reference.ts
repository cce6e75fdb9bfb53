import { quoted } from '../../text/text';
import { imageDetail } from '../detail';
import { defineRule } from '../rule';

/*
 * Every image is a reference that every client reads in the same way.
 *
 * **Fields**          image of every container, volumes[*].image.reference
 * **Allowed values**  [registry/]repository[:tag][@digest]; unset only where a controller of the object adds the image
 * **Source**          OCI distribution specification 1.1, and the grammar of its reference implementation (distribution/reference)
 */
export const imageReference = defineRule({
  id: 'image-reference',
  summary: 'Every image is a reference that every client reads in the same way.',
  why: 'A reference that cannot be read cannot be judged either, and what one client refuses another may take for a different image.',
  fix: 'write registry/repository:tag@sha256:… in lower case, such as ghcr.io/acme/shop:1.4.2@sha256:<64 hex digits>',
  profile: 'hardened',
  references: {},
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
