import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * How a registry wants to know who asks:
 *
 * - `basic`: a user and a password
 * - `bearer`: a token of its own `/token`; without a user anybody gets one
 */
export type AuthMode =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | {
    readonly kind: 'bearer';
    readonly user?: string;
    readonly password?: string;
    /** Given for a refresh token, by POST. Without it POST is answered 405. */
    readonly identityToken?: string;
    /** Life of a token, in seconds; what is said of it may be something else. */
    readonly life?: number;
    readonly saidLife?: number;
    /** How many requests a token is good for; it expires without regard to any clock then. */
    readonly uses?: number;
    /** Instead of the registry's own. */
    readonly realm?: string;
    /** Every token is refused. */
    readonly refuse?: boolean;
    /** The whole header, instead of one with realm, service and scope. */
    readonly challenge?: string;
  };

export interface Door {
  /** Whether the request may go on; otherwise it has been answered. */
  admit(request: IncomingMessage, response: ServerResponse, host: string, repository: string): boolean;
  /** Answers `/token`. */
  token(request: IncomingMessage, response: ServerResponse, url: URL): void;
}

export function createDoor(mode: AuthMode): Door {
  const tokens = new Map<string, { readonly scopes: readonly string[]; readonly until: number; left: number }>();
  let count = 0;
  const refuse = (response: ServerResponse, challenge?: string) => {
    response.writeHead(401, { 'content-type': 'application/json', ...(challenge === undefined ? {} : { 'www-authenticate': challenge }) });
    response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
    return false;
  };
  const give = (response: ServerResponse, scopes: readonly string[]) => {
    const { life = 300, saidLife = life, uses = Infinity } = mode.kind === 'bearer' ? mode : {};
    const token = `token-${++count}`;
    tokens.set(token, { scopes, until: Date.now() + life * 1000, left: uses });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token, expires_in: saidLife }));
  };

  return {
    admit: (request, response, host, repository) => {
      const { authorization } = request.headers;
      if (mode.kind === 'none') return true;
      if (mode.kind === 'basic') {
        return authorization === basic(mode.user, mode.password) || refuse(response, 'Basic realm="registry, of tests"');
      }
      const token = tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
      const scope = `repository:${repository}:pull`;
      const valid = token !== undefined && token.until > Date.now() && token.scopes.includes(scope) && token.left-- > 0;
      if (valid && mode.refuse !== true) return true;
      const realm = mode.realm ?? `http://${host}/token`;
      return refuse(response, mode.challenge ?? `Bearer realm="${realm}",service="tests",scope="${scope}"`);
    },
    token: (request, response, url) => {
      if (mode.kind !== 'bearer') return void response.writeHead(404).end();
      if (request.method !== 'POST') {
        const wanted = mode.user === undefined ? undefined : basic(mode.user, mode.password ?? '');
        if (wanted !== undefined && request.headers.authorization !== wanted) return void refuse(response);
        return give(response, url.searchParams.getAll('scope'));
      }
      if (mode.identityToken === undefined) return void response.writeHead(405).end();
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        if (form.get('refresh_token') !== mode.identityToken) return void refuse(response);
        give(response, form.get('scope')?.split(' ') ?? []);
      });
    },
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
