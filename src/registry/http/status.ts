import { readBody } from './body';
import type { Answer } from './exchange';
import { speaksTls } from './failure';
import { Again, retryAfter } from './retry';
import { RegistryError, RegistryErrorCode } from '../../oci/error';
import { limits } from '../../oci/source';
import { isWebPage } from '../../oci/web-page';
import { field, isJsonObject, listField, parseJsonObject } from '../../shape/fields';
import { quote } from '../../text/quote';

/** What is known about an answer that is not the content. */
interface StatusContext {
  readonly subject: string;
  /** How the registry was asked: what to do about a refusal depends on it. */
  readonly shown?: string;
  readonly registry: string;
}

/** Throws what the status means; one that may pass is thrown as `Again`. */
export async function refuseStatus(answer: Answer, context: StatusContext): Promise<never> {
  const { status, headers, url } = answer;
  const { subject } = context;
  const text = await textOf(answer);
  if (status === 400 && url.protocol === 'http:' && /HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)/i.test(text)) throw speaksTls(subject, url.host);
  const [code, problem, fix] = meaning(status, url.host, context);
  const error = new RegistryError({ code, subject, problem: `${problem}${detailOf(text)}`, ...(fix === undefined ? {} : { fix }) });
  if (status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 505)) {
    throw new Again(error, retryAfter(headers['retry-after'], Date.now()));
  }
  throw error;
}

function meaning(status: number, host: string, { shown, registry }: StatusContext): readonly [RegistryErrorCode, string, string?] {
  switch (status) {
    case 401:
    case 403:
      if (shown !== undefined) {
        return ['denied', `${host} refuses the credentials of ${shown}`, `see that they may read this image, or run "docker login ${registry}"`];
      }
      return ['denied', `${host} asks for credentials, and none are configured for ${registry} in docker's config.json or podman's auth.json`,
        `see the spelling, because some registries answer so where there is no image, or run "docker login ${registry}"`];
    case 404: return ['not-found', `${host} has no such image`, 'see the spelling of the repository and the tag'];
    case 408: return ['timeout', `${host} waited too long for the request`];
    case 429: return ['rate-limited', `${host} was asked too often`, 'log in, use a mirror, or try again later'];
  }
  if (status >= 300 && status < 400) return ['redirect', `${host} answers ${status}, and is not followed`];
  if (status >= 500) return ['unavailable', `${host} answers ${status}`, 'try again later'];
  return ['malformed', `${host} answers ${status}, where a registry would not`];
}

/** The body of an answer that is an error; empty where it cannot be read, or is too long to be one. */
async function textOf(answer: Answer): Promise<string> {
  const bytes = await readBody(answer, limits.errorBody, '').catch(() => undefined);
  return bytes?.toString() ?? '';
}

/** What the server says about it, bounded and quoted; empty where it says nothing that can be read. */
function detailOf(text: string): string {
  if (isWebPage(Buffer.from(text))) return ', with a web page, as a portal or a proxy does';
  try {
    const body = parseJsonObject(Buffer.from(text));
    const first = listField(body, 'errors')?.[0];
    // A token server has words of its own.
    const words = isJsonObject(first)
      ? [field(first, 'code'), field(first, 'message')]
      : ['error', 'error_description', 'details', 'message'].map(key => field(body, key));
    const said = words.filter(part => typeof part === 'string' && part !== '').join(': ');
    return said === '' ? '' : ` (${quote(said)})`;
  } catch {
    return '';
  }
}
