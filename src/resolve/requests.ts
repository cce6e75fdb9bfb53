/** One image that somebody wants locked. */
export interface Wanted {
  /** What to lock it under; a reference without a digest, as its author wrote it. */
  readonly name: string;
  /** What that name means: `registry/repository:tag`. */
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

/**
 * Puts together what is one image. Who wants exactly one content decides it for those who only name the tag; two who want different ones
 * are a failure, and that image is not resolved.
 */
export function gatherRequests(wanted: Iterable<Wanted>): GatheredRequests {
  const groups = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const group = groups.get(each.reference);
    if (group === undefined) groups.set(each.reference, [each]);
    else group.push(each);
  }
  const requests: LockRequest[] = [];
  const failures: LockFailure[] = [];
  for (const [reference, group] of groups) {
    const [exact] = group.filter((each) => contentOf(each) !== undefined);
    const other = group.find((each) => contentOf(each) !== undefined && contentOf(each) !== contentOf(exact));
    if (other === undefined) requests.push(requestOf(reference, group, exact));
    else failures.push(conflict(exact, other));
  }
  return { requests, failures };
}

function contentOf({ digest, layout }: Wanted): string | undefined {
  return layout ?? digest;
}

function requestOf(reference: string, group: readonly Wanted[], exact: Wanted | undefined): LockRequest {
  const names = [...new Set(group.filter(({ isNamed }) => isNamed).map(({ name }) => name))];
  return {
    reference,
    names,
    ...(names.length === 0 ? { otherwise: group[0].name } : {}),
    ...(exact?.digest === undefined ? {} : { digest: exact.digest }),
    ...(exact?.layout === undefined ? {} : { layout: exact.layout }),
  };
}

function conflict(one: Wanted, other: Wanted): LockFailure {
  const asked = (each: Wanted) => `${contentOf(each)} (${each.place})`;
  return {
    name: one.name,
    code: 'conflict',
    message: `${one.reference}: it is wanted as ${asked(one)} and as ${asked(other)}; a tag is locked with one digest`,
  };
}
