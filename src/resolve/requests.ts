import { hasDrifted } from '../image/facts';
import type { Lock } from '../lock/lock';

/** One image that somebody wants locked. */
export interface Wanted {
  /** What to lock it under, as its author wrote it: a reference without a digest, or one with a digest and no tag. */
  readonly name: string;
  /** What that name means: `registry/repository:tag`, or `registry/repository@digest`. */
  readonly reference: string;
  /** Exactly this content, whatever the tag means now. */
  readonly digest?: string;
  /** The content of an OCI layout, `oci:FOLDER[:TAG]`, instead of that in the registry. */
  readonly layout?: string;
  /** Where it is asked for, for messages. */
  readonly place: string;
  /** Whether it is to be locked under this very name, also where the same image is locked under another spelling. */
  readonly isNamed: boolean;
}

/** One image to resolve, once, however often and in whichever spelling it was wanted. */
export interface LockRequest extends Pick<Wanted, 'reference' | 'digest' | 'layout'> {
  /** The names to lock it under, besides those that it has in the lock. */
  readonly names: readonly string[];
  /** The name to lock it under where it has none. */
  readonly otherwise?: string;
  /** Several digests that it is pinned to: one of `indexes` must be an index that has all the others in it, or they are a conflict. */
  readonly rivals?: { readonly digests: readonly string[]; readonly indexes: readonly string[]; readonly conflict: LockFailure };
}

/** Why an image is not locked; the rest is all the same. */
export interface LockFailure {
  /** The image, or the place in a manifest where none could be read. */
  readonly name: string;
  /**
   * A `RegistryErrorCode`, or: `conflict`, the same tag is wanted with two digests; `not-locked`, it cannot be had offline;
   * `invalid-lock`, what the image says of itself cannot be locked.
   */
  readonly code: string;
  /** One line, complete. */
  readonly message: string;
}

export interface GatheredRequests {
  readonly requests: readonly LockRequest[];
  readonly failures: readonly LockFailure[];
}

/** The name of an image with a digest: without it, where there is a tag. */
export function nameToLock(text: string, tag: string | undefined): string {
  return tag === undefined ? text : text.slice(0, text.indexOf('@'));
}

/** Above the platforms of any index. */
const mostRivals = 32;

/**
 * Puts together what is one image. Who wants exactly one content decides it for those who only name the tag; two who want different ones
 * are a failure, and that image is not resolved. A manifest that is pinned to one platform of the locked index wants that index; whether
 * digests that are not locked are an index and its platforms is found out when it is resolved.
 */
export function gatherRequests(wanted: Iterable<Wanted>, { images }: Lock): GatheredRequests {
  const locked = new Map([...images.values()].map((image) => [image.reference, image]));
  const contentOf = ({ reference, digest, layout, isNamed }: Wanted): string | undefined => {
    const image = locked.get(reference);
    if (layout !== undefined || digest === undefined || isNamed || image === undefined) return layout ?? digest;
    return hasDrifted({ digest }, image) ? digest : image.digest;
  };
  const groups = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const group = groups.get(each.reference);
    if (group === undefined) groups.set(each.reference, [each]);
    else group.push(each);
  }
  const requests: LockRequest[] = [];
  const failures: LockFailure[] = [];
  for (const [reference, group] of groups) {
    const all = group.filter((each) => contentOf(each) !== undefined);
    const [exact] = all;
    const other = all.find((each) => contentOf(each) !== contentOf(exact));
    const request = requestOf(reference, group, exact, contentOf);
    if (other === undefined) {
      requests.push(request);
      continue;
    }
    const contents = (some: readonly Wanted[]) => [...new Set(some.flatMap((each) => contentOf(each) ?? []))];
    const [digests, named] = [contents(all), contents(all.filter(({ isNamed }) => isNamed))];
    const mayBePlatforms = all.every(({ layout }) => layout === undefined) && named.length < 2 && digests.length <= mostRivals;
    // What somebody named is locked, and no index that it may be in.
    const rivals = { digests, indexes: named.length > 0 ? named : digests, conflict: conflict(exact, other) };
    if (mayBePlatforms) requests.push({ ...request, rivals });
    else failures.push(rivals.conflict);
  }
  return { requests, failures };
}

function requestOf(
  reference: string, group: readonly Wanted[], exact: Wanted | undefined, contentOf: (each: Wanted) => string | undefined,
): LockRequest {
  const layout = exact?.layout;
  const digest = exact === undefined || layout !== undefined ? undefined : contentOf(exact);
  const names = [...new Set(group.filter(({ isNamed }) => isNamed).map(({ name }) => name))];
  return {
    reference,
    names,
    ...(names.length === 0 ? { otherwise: group[0].name } : {}),
    ...(digest === undefined ? {} : { digest }),
    ...(layout === undefined ? {} : { layout }),
  };
}

function conflict(one: Wanted, other: Wanted): LockFailure {
  const asked = (each: Wanted) => `${each.layout ?? each.digest} (${each.place})`;
  return {
    name: one.name,
    code: 'conflict',
    message: `${one.reference}: it is wanted as ${asked(one)} and as ${asked(other)}; a tag is locked with one digest`,
  };
}
