import { BuiltImage, image, index, layer } from '../../test/support/oci-images';
import { file } from '../../test/support/tar';

/** Not compressed: another zlib gives other bytes, and so other digests. */
const passwd = layer([file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\ncatalogue:x:8101:8101::/srv:/sbin/nologin\n')], 'none');
const hello = layer([file('hello', 'hello\n')], 'none');

function forBoth(make: (platform: { readonly os: string; readonly architecture: string }) => BuiltImage): BuiltImage {
  return index(['amd64', 'arm64'].map((architecture) => make({ os: 'linux', architecture })));
}

/** It keeps a cache, and its user is a name, as in most Dockerfiles. */
export function catalogue(version: string): BuiltImage {
  return forBoth((platform) => image({
    platform,
    layers: [passwd],
    config: { User: 'catalogue', Volumes: { '/var/cache/catalogue': {} }, ExposedPorts: { '8080/tcp': {} }, Labels: { version } },
  }));
}

/** What the library runs, by the names it has in its registry. */
export const images: Readonly<Record<string, BuiltImage>> = {
  'library/archive:3.1.0': image({ layers: [hello] }),
  'library/catalogue:1.4.2': catalogue('1.4.2'),
  'library/import:0.9.0': image({ layers: [hello], config: { User: '10001', Volumes: { '/var/spool/import': {} } } }),
  'library/mailer:2.0.1': forBoth((platform) => image({ platform, layers: [hello], config: { User: '65532:65532' } })),
};
