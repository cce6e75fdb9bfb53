import { askerOf, Connection, RepositoryRequest } from './ask';
import { RegistryError } from '../oci/error';
import { drop, digestOf, readBody, verifiedStream, verify } from './http/body';
import type { Endpoint } from './http/endpoint';
import type { Followed } from './http/follow';
import { digestProblem } from '../image/digest';
import { oldSchema, parseManifest } from '../oci/manifest';
import { acceptedManifests, bareMediaType, isSchema1 } from '../oci/media-types';
import { Content, Fetched, ImageSource, limits, subjectOf } from '../oci/source';
import { isWebPage } from '../oci/web-page';
import { quote } from '../text/quote';

/**
 * One repository, by the OCI distribution protocol.
 *
 * @param endpoints the mirrors in their order, and the registry itself
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
 */
export function repositorySource(name: string, repository: string, endpoints: readonly Endpoint[], connection: Connection): ImageSource {
  const { inTurn, ask } = askerOf(repository, endpoints, connection);
  const { total, layer } = connection.settings.timeouts;

  const getManifest = async (endpoint: Endpoint, target: string, size?: number): Promise<Fetched> => {
    const subject = subjectOf({ name }, target);
    const read = async (answer: Followed): Promise<Fetched> => {
      const bytes = await readBody(answer, limits.manifest, subject);
      if (isWebPage(bytes)) throw webPage(answer, subject);
      const said = saidDigest(answer, target, subject);
      if (said === undefined) refuseEncoded(answer, subject);
      const digest = said ?? digestOf(bytes);
      if (said !== undefined) verify(bytes, { digest, ...(size === undefined ? {} : { size }) }, subject);
      const type = answer.headers['content-type'];
      return { bytes, digest, ...(type === undefined ? {} : { mediaType: bareMediaType(type) }) };
    };
    return ask({ method: 'GET', path: `manifests/${target}`, subject, accept: acceptedManifests, time: total, read }, endpoint);
  };

  /** Undefined where the answer says nothing: older registries leave out the digest, and some refuse HEAD of what they give to GET. */
  const saidByHead = async (endpoint: Endpoint, target: string): Promise<string | undefined> => {
    const subject = subjectOf({ name }, target);
    const read = async (answer: Followed): Promise<string | undefined> => {
      // The length is that of the manifest, which does not come.
      await drop(answer, Infinity);
      if (answer.status !== 200) return undefined;
      const type = bareMediaType(answer.headers['content-type'] ?? '');
      // A portal, which says so in words to who asks by GET.
      if (type === 'text/html') return undefined;
      if (isSchema1(type)) throw oldSchema(subject);
      return saidDigest(answer, target, subject);
    };
    return ask({ method: 'HEAD', path: `manifests/${target}`, subject, accept: acceptedManifests, time: total, takes: isOfHeadOnly, read }, endpoint);
  };

  const blob = async <T>({ digest, size }: Content, limit: number, time: number, read: RepositoryRequest<T>['read']): Promise<T> => {
    const subject = subjectOf({ name }, digest);
    requireSize(size, limit, subject);
    if (!digest.includes(':')) throw invalidTarget(digest, subject);
    requireTarget(digest, subject);
    return inTurn(async endpoint => ask({ method: 'GET', path: `blobs/${digest}`, subject, time, read }, endpoint));
  };

  return {
    name,
    fetchManifest: async (target, { size } = {}) => {
      const subject = subjectOf({ name }, target);
      requireSize(size, limits.manifest, subject);
      requireTarget(target, subject);
      return inTurn(async endpoint => getManifest(endpoint, target, size));
    },
    headManifest: async target => {
      const subject = subjectOf({ name }, target);
      requireTarget(target, subject);
      return inTurn(async endpoint => {
        const said = await saidByHead(endpoint, target);
        if (said !== undefined) return said;
        // The digest has to be computed: but of a manifest, not of the page of a portal.
        const fetched = await getManifest(endpoint, target);
        parseManifest(fetched, subject);
        return fetched.digest;
      });
    },
    fetchBlob: async (content, limit) => blob(content, limit, total, async answer => {
      const subject = subjectOf({ name }, content.digest);
      const bytes = await readBody(answer, limit, subject);
      if (isWebPage(bytes) && digestOf(bytes, content.digest) !== content.digest) throw webPage(answer, subject);
      verify(bytes, content, subject);
      return bytes;
    }),
    streamBlob: async (content, limit) => blob(content, limit, layer, async answer => {
      return verifiedStream(answer, content, limit, subjectOf({ name }, content.digest));
    }),
  };
}

/** Whether GET may be answered otherwise: not where somebody is to show who he is, or was too slow, or asks too often. */
function isOfHeadOnly(status: number): boolean {
  return status >= 400 && ![401, 408, 429].includes(status);
}

/** The digest that is to be proved: that of the header, which must be the one that was asked for. */
function saidDigest({ headers, url }: Followed, target: string, subject: string): string | undefined {
  const header = headers['docker-content-digest'];
  const asked = target.includes(':') ? target : undefined;
  if (header === undefined || header === '') return asked;
  const said = String(header);
  if (digestProblem(said) !== undefined || (asked !== undefined && said !== asked)) {
    const problem = `${url.host} says that it sends ${quote(said)}${asked === undefined ? ', which is not a digest' : `, asked for ${asked}`}`;
    throw new RegistryError({ code: 'digest-mismatch', subject, problem });
  }
  return said;
}

function webPage({ url }: Followed, subject: string): RegistryError {
  return new RegistryError({
    code: 'malformed',
    subject,
    problem: `${url.host} answers with a web page, as a portal or a proxy does, and not with the image`,
    fix: 'sign in to the network, see HTTPS_PROXY and NO_PROXY, or the spelling of the registry',
  });
}

/** Where nothing says what the digest is, that of what a server made of the content on the way would be taken for it. */
function refuseEncoded({ headers, url }: Followed, subject: string): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return;
  const problem = `${url.host} sends it encoded as ${quote(encoding)}, though asked for it as it is`;
  throw new RegistryError({ code: 'malformed', subject, problem });
}

function requireTarget(target: string, subject: string): void {
  const ok = target.includes(':') ? digestProblem(target) === undefined : /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(target);
  if (!ok) throw invalidTarget(target, subject);
}

function invalidTarget(target: string, subject: string): RegistryError {
  return new RegistryError({ code: 'invalid', subject, problem: `the image must be named by a tag or a digest, it is named by ${quote(target)}` });
}

function requireSize(size: number | undefined, limit: number, subject: string): void {
  if (size === undefined || size <= limit) return;
  throw new RegistryError({ code: 'too-large', subject, problem: `it has ${size} bytes, ${limit} are read at most` });
}
