import type { ImageFacts, LockedImages } from '../image/facts';
import type { ImageReference } from '../image/reference';
import { Container, Pod } from '../manifest/pod';

/** A container whose image is locked. */
interface LockedContainer {
  readonly container: Container;
  readonly reference: ImageReference;
  readonly image: ImageFacts;
}

/** The containers of all lists whose images are locked. Not those of image volumes, which are mounted and never run. */
export function* lockedContainers(pod: Pod, lock: LockedImages): Iterable<LockedContainer> {
  for (const [index, container] of pod.containers.entries()) {
    // The images of the containers come first, in their order.
    const { parsed } = pod.images[index];
    const image = parsed.ok ? lock.find(parsed.reference) : undefined;
    if (parsed.ok && image !== undefined) yield { container, reference: parsed.reference, image };
  }
}
