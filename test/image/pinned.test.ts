import { ImageReferenceError, isPinned, pinned } from '../../src/image/pinned';
import { parseImageReference, PinnedImage } from '../../src/image/reference';

const digest = `sha256:${'0f'.repeat(32)}`;

function refusal(text: unknown): ImageReferenceError {
  try {
    pinned(text as string);
  } catch (error) {
    if (error instanceof ImageReferenceError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('pinned', () => {
  test.each([
    `nginx@${digest}`,
    `ghcr.io/acme/shop:1.4.2@${digest}`,
    `ghcr.io/acme/shop@sha512:${'0f'.repeat(64)}`,
  ])('gives %s back as it was written', (text) => {
    const image: PinnedImage = pinned(text);
    expect(image).toBe(text);
  });

  test('refuses an image without a digest, and says what to write', () => {
    const error = refusal('nginx:1.27');
    expect(error.code).toBe('unpinned');
    expect(error.name).toBe('ImageReferenceError');
    expect(error.message).toBe('image "nginx:1.27" has no digest, and what a tag means can change: '
      + 'write "@sha256:" and the 64 hex digits of the image\'s digest after it');
  });

  test('refuses what looks pinned to the type but is not', () => {
    const looks: PinnedImage = 'nginx@sha256:abc';
    expect(refusal(looks)).toMatchObject({
      code: 'invalid', message: 'image "nginx@sha256:abc": the digest has 3 hex digits, sha256 has 64',
    });
  });

  test('names a hostile text escaped and cut', () => {
    const { message } = refusal('\u001b[2J"\\' + 'x'.repeat(2000));
    expect(message).toMatch(/^image "\\u001b\[2J\\"\\\\x{74}…": the reference must have at most 1024 characters, it has 2006$/);
  });

  test('refuses what is not a string, as plain JavaScript may hand it over', () => {
    expect(refusal(undefined)).toMatchObject({ code: 'invalid', message: 'image of type undefined: the reference must be a string' });
  });
});

describe('isPinned', () => {
  test.each([
    [`nginx:latest@${digest}`, true],
    ['nginx:1.27', false],
  ])('%s: %s', (text, expected) => {
    const parsed = parseImageReference(text);
    expect(parsed.ok && isPinned(parsed.reference)).toBe(expected);
  });

  test('does not believe a reference that was put together by hand', () => {
    expect(isPinned({ registry: 'docker.io', repository: 'library/nginx', digest: 'sha256:abc' })).toBe(false);
  });
});
