import { imageTag } from '../../../src/rules/hardened/image-tag';
import { digest, withImage } from '../../support/images';
import { faultsOf } from '../../support/pods';

const movingTags = new Set(['latest', 'main']);

function messages(image: string, tags = movingTags): string[] {
  return faultsOf(imageTag, withImage(image), { movingTags: tags }).map(({ message }) => message);
}

test.each(['nginx:1.27', `nginx@${digest}`, `nginx:1.27@${digest}`, 'nginx:main-1', 'nginx:latest-1'])('%j names a version', (image) => {
  expect(messages(image)).toEqual([]);
});

test.each(['nginx:latest', 'nginx:LATEST', 'nginx:main', `nginx:main@${digest}`, `nginx:latest@${digest}`])('%j moves', (image) => {
  expect(messages(image)).toEqual([expect.stringMatching(/^image must have a version as its tag, ".+" has ".+", which moves$/)]);
});

test('neither tag nor digest means latest, whatever the policy calls moving', () => {
  expect(messages('localhost:5000/nginx', new Set())).toEqual(['image must have a tag or a digest, "localhost:5000/nginx" has neither and means "latest"']);
});

test('a reference that cannot be read is left to the rules that say so', () => {
  expect(messages('A:latest')).toEqual([]);
});
