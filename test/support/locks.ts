import { PlatformFacts } from '../../src';
import { Lock } from '../../src/lock/lock';
import { imageOf, platform } from '../lock/image-of';

export { digestOf } from '../lock/image-of';

/** A lock with images of one platform that say this of themselves: by default, that they run as the user 65532. */
export function lockSaying(said: Partial<PlatformFacts>, ...names: readonly (string | readonly [name: string, word: string])[]): Lock {
  return {
    images: new Map(names.map((each) => {
      const [name, word] = typeof each === 'string' ? [each, each] : each;
      return [name, imageOf(name, word, { platforms: { 'linux/amd64': platform(word, { user: '65532', uid: 65532, ...said }) } })];
    })),
  };
}
