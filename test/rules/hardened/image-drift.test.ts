import { imageDrift } from '../../../src/rules/hardened/image-drift';
import { digestOf } from '../../lock/image-of';
import { digest, withImage, withImageVolume } from '../../support/images';
import { faultsOf, tweak } from '../../support/pods';
import { locked, lockedImage } from '../locked';

const image = lockedImage({ 'linux/amd64': {} });
const lock = locked(image);
const other = `sha256:${'f'.repeat(64)}`;

test('a digest that is not the locked one of its tag is refused, with both and both ways out', () => {
  expect(faultsOf(imageDrift, withImage(`ghcr.io/acme/web:1.4.2@${other}`), { lock })).toEqual([{
    message: 'image is pinned to sha256:ffffffffffff…, "ghcr.io/acme/web:1.4.2" is locked as sha256:0123456789ab…',
    pointer: '/spec/containers/0/image',
    container: 'web',
    fix: `run cdk8s-hardened lock --update "ghcr.io/acme/web:1.4.2" if the manifest is right, or write the digest "${digest}"`,
  }]);
});

test('the image of a volume is judged too', () => {
  const manifest = withImageVolume({ reference: `ghcr.io/acme/web:1.4.2@${other}` });
  expect(faultsOf(imageDrift, manifest, { lock })).toMatchObject([{ pointer: '/spec/volumes/1/image/reference', container: undefined }]);
});

test.each([
  `ghcr.io/acme/web:1.4.2@${digest}`, `GHCR.io/acme/web:1.4.2@${digest}`, `ghcr.io/acme/web:1.4.2@${digestOf('linux/amd64 manifest')}`, 'ghcr.io/acme/web:1.4.2',
  `ghcr.io/acme/web:1.4.3@${other}`, `ghcr.io/acme/web@${digest}`, `ghcr.io/acme/web@${other}`, 'ghcr.io/acme/web', 'Web', null,
])('%s is none that has drifted', (text) => {
  expect(faultsOf(imageDrift, withImage(text), { lock })).toEqual([]);
});

test('a digest of another algorithm is another one', () => {
  const sha512 = `sha512:${'a'.repeat(128)}`;
  expect(faultsOf(imageDrift, withImage(`ghcr.io/acme/web:1.4.2@${sha512}`), { lock })).toMatchObject([{ message: expect.stringContaining('sha512:aaaaaaaaaaaa…,') as string }]);
});

test('a locked digest that is none is shown in quotes', () => {
  const broken = { find: () => ({ ...image, digest: 'sha256:\u001b[2J' }) };
  expect(faultsOf(imageDrift, withImage(`ghcr.io/acme/web:1.4.2@${other}`), { lock: broken })[0].message).toMatch(/is locked as "sha256:\\u001b\[2J"$/);
});

test('without a lock nothing is found', () => {
  expect(faultsOf(imageDrift, tweak({}))).toEqual([]);
});
