/** An error whose message is complete and whose code is one of a closed list: the base of all that callers may tell apart. */
export class CodedError<Code extends string> extends Error {
  declare public readonly code: Code;

  /** @param more further properties */
  public constructor(name: string, code: Code, message: string, cause?: unknown, more: Readonly<Record<string, unknown>> = {}) {
    super(message, cause === undefined ? undefined : { cause });
    // Not enumerable: Node prints the enumerable properties of an error nobody caught, and the message has said it all.
    for (const [key, value] of Object.entries({ name, code, ...more })) Object.defineProperty(this, key, { value });
  }
}
