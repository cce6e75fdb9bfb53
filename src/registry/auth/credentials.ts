/**
 * What a registry is shown:
 *
 * - `basic`: a user and a password
 * - `identity`: a token that is exchanged for others, with the user to fall back to
 * - `bearer`: a token that is sent as it is
 */
export type Credentials =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string; readonly origin: string }
  | { readonly kind: 'identity'; readonly token: string; readonly user?: string; readonly password?: string; readonly origin: string }
  | { readonly kind: 'bearer'; readonly token: string; readonly origin: string };

/**
 * Finds the credentials for a repository, undefined for none.
 *
 * `origin` of what is found says where it is from, for messages: a file or a helper, never the secret.
 */
export type CredentialLookup = (registry: string, repository: string) => Promise<Credentials | undefined>;

/** The value of `Authorization: Basic`. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
