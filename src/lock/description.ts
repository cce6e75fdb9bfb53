import { lastKey } from './format';
import { lockLimits, lockVersion } from './lock';
import { isOfDigest, pinnedReference, referenceOfName } from './reference';
import { digestProblem } from '../image/digest';
import { formatPlatform, parsePlatform } from '../image/platform';
import { largestUid } from '../image/user';
import { constant, integer, list, map, noted, ProblemBelow, record, text, TypeOf } from '../shape/description';
import { kindOf } from '../shape/json';
import type { Voice } from '../shape/strict';
import { quote } from '../text/quote';

/** How messages speak of a lock: `images["nginx:1.27"].facts.of`. */
export const lockVoice: Voice = {
  whole: 'the lock',
  place: (segment) => {
    if (typeof segment === 'number') return `[${segment}]`;
    return /^[A-Za-z]{1,40}$/.test(segment) ? `.${segment}` : `[${quote(segment)}]`;
  },
  wrong: (expected, value) => {
    if (value === undefined) return `is missing; it must be ${expected}`;
    const shown = typeof value === 'string' ? quote(value) : typeof value === 'number' ? String(value) : kindOf(value);
    return `must be ${expected}, it is ${shown}`;
  },
  // An unknown key is the mark of another format, or of a mistake.
  unknownIn: (key) => `has the unknown key ${quote(key)}`,
};

const { elements } = lockLimits;
const digestPattern = 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}';
const repositoryPattern = '[a-z0-9.:\\[\\]-]+(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)+';
const tagPattern = ':[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

/** Not empty, bounded, and fit for a terminal. */
const words = text({
  expected: 'a text that is not empty',
  // eslint-disable-next-line no-control-regex
  pattern: /^[^\u0000-\u001f\u007f-\u009f]+$/,
  longest: lockLimits.text,
  why: (value) => {
    if (value.length > lockLimits.text) return `must have at most ${lockLimits.text} characters, it has ${value.length}`;
    return value === '' ? undefined : lockVoice.wrong('a text without control characters', value);
  },
});
/** A list with a text at least, each of them once. */
const names = list(words, { most: elements, ifEmpty: 'must not be empty; leave it out', isSet: true });

const whyNoDigest = (value: string) => `must be a digest: ${digestProblem(value)}`;
const digest = text({ expected: 'a digest', pattern: new RegExp(`^(${digestPattern})$`), why: whyNoDigest });

const pinned = text({
  expected: 'a reference with its digest',
  longest: 2048,
  pattern: new RegExp(`^${repositoryPattern}(${tagPattern})?@(${digestPattern})$`),
  why: (value) => {
    const at = value.indexOf('@');
    return at === -1 || digestProblem(value.slice(at + 1)) === undefined ? undefined : whyNoDigest(value.slice(at + 1));
  },
});

const platform = record({
  base: noted(record({ digest, name: words }, [], { anyOf: { keys: ['name', 'digest'], problem: 'must have a name or a digest' } }), {
    title: 'Base image', description: 'What it was built on, where its annotations tell.',
  }),
  config: noted(digest, { title: 'Digest of the config' }),
  diffIds: noted(list(digest, { most: elements }), { title: 'Diff ids', description: 'The digests of the uncompressed layers, lowest first.' }),
  entrypoint: noted(constant(true, 'true, or left out'), { title: 'Entrypoint', description: 'The image has one.' }),
  layers: noted(integer(elements), { title: 'Layers', description: 'How many layers there are.' }),
  manifest: noted(digest, { title: 'Digest of the platform\'s manifest' }),
  ports: noted(names, { title: 'Ports', description: 'Such as 8080/tcp.' }),
  size: noted(integer(Number.MAX_SAFE_INTEGER), { title: 'Size', description: 'The sum of the layers as they are pulled, in bytes.' }),
  uid: noted(integer(largestUid), {
    title: 'Numeric user', description: 'The id of the user, as it is written or as the image\'s own /etc/passwd has it.',
  }),
  user: noted(words, { title: 'User', description: 'As it is written in the config.' }),
  volumes: noted(names, { title: 'Volumes', description: 'The paths of VOLUME.' }),
}, ['config', 'diffIds', 'layers', 'manifest', 'size'], {
  name: 'platform',
  *beyond({ layers, diffIds: { length } }): Iterable<ProblemBelow> {
    if (layers !== length) yield [['layers'], `must be the number of diffIds, which is ${length}, it is ${layers}`];
  },
});

/** The names are words with a slash between them, so none of them is `__proto__`. */
const noPlatform = 'is no platform, such as linux/amd64 or linux/arm/v7';
const word = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}';
const platformName = text({
  expected: 'a platform',
  pattern: new RegExp(`^${word}(/${word}){1,2}(:${word})?$`),
  why: () => noPlatform,
  beyond: (name) => {
    const parsed = parsePlatform(name);
    return parsed === undefined || formatPlatform(parsed) !== name ? noPlatform : undefined;
  },
});
const platforms = map(platformName, noted(platform, {
  title: 'Image for one platform', description: 'What the image says of itself there. What is left out is not there: no user means root.',
}), { most: elements });

const facts = record({
  chosen: noted(list(platformName, { most: lockLimits.chosen, ifEmpty: 'must not be empty; leave it out', isSet: true }), {
    title: 'Chosen platforms',
    description: 'What --platform asked for when it was locked, and what is asked for again until another is. Left out, all platforms are recorded.',
  }),
  mediaType: noted(text({ expected: 'a media type', pattern: /^[\w.+-]{1,127}\/[\w.+-]{1,127}$/ }), {
    title: 'Media type', description: 'Of the index, or of the manifest.',
  }),
  of: noted(pinned, { title: 'Image', description: 'Whose facts these are: what \'pinned\' is.' }),
  platforms: noted(platforms, {
    title: 'Platforms', description: 'By os/architecture[/variant][:os.version]. Empty for what is no container image.',
  }),
}, ['mediaType', 'of', 'platforms']);

const image = record({
  facts: noted(facts, { title: 'Facts', description: 'What the image says of itself.' }),
  pinned: noted(pinned, {
    title: 'Pinned reference', description: 'The reference with what is pinned behind it: the digest of the index where there is one.',
  }),
  reference: noted(text({
    expected: 'a reference with its tag', longest: 1024, pattern: new RegExp(`^${repositoryPattern}(${tagPattern}|@(${digestPattern}))$`),
  }), {
    title: 'Reference', description: 'The canonical reference that the name means: registry/repository:tag, or registry/repository@digest without a tag.',
  }),
}, ['facts', 'pinned', 'reference'], {
  name: 'image',
  *beyond(entry, name): Iterable<ProblemBelow> {
    const reference = referenceOfName(name) ?? '';
    const digestBehind = entry.pinned.slice(entry.pinned.indexOf('@') + 1);
    if (entry.pinned !== pinnedReference(reference, digestBehind)) {
      yield [['pinned'], lockVoice.wrong(isOfDigest(reference) ? quote(reference) : `${quote(`${reference}@`)} and a digest`, entry.pinned)];
    }
    if (entry.reference !== reference) yield [['reference'], lockVoice.wrong(quote(reference), entry.reference)];
    if (entry.facts.of !== entry.pinned) {
      yield [['facts', 'of'], 'must be what "pinned" is: the facts are those of another image; lock it again instead of changing the digest'];
    }
  },
});

const noName = 'is not the name of an image, without a digest or with one and no tag';
const namePattern = '[A-Za-z0-9[][A-Za-z0-9._:/[\\]-]*';
const nameOfDigestPattern = '([A-Za-z0-9[][A-Za-z0-9._:[\\]-]*/)?[a-z0-9][a-z0-9._/-]*';
export const imagesDescription = map(text({
  expected: 'the name of an image',
  longest: 1024,
  pattern: new RegExp(`^(${namePattern}|${nameOfDigestPattern}@(${digestPattern}))$`),
  why: () => noName,
  beyond: (name) => referenceOfName(name) === undefined ? noName : undefined,
}), noted(image, { title: 'Image' }), { most: lockLimits.images, besides: { [lastKey]: words } });

export const versionDescription = constant(lockVersion, `${lockVersion}, the only version that is known`);

/** The content of `images.lock.json`. */
export const lockDescription = noted(record({
  version: noted(versionDescription, { title: 'Version', description: 'The version of this format.' }),
  images: noted(imagesDescription, {
    title: 'Images',
    description: 'By the name that was locked, as its author wrote it: an image reference without a digest, or with one and no tag. The key \'~\' is a line that stays last.',
  }),
}, ['images', 'version']), {
  title: 'Image lock of cdk8s-hardened',
  description: 'Which digest each tag meant, and what the images say of themselves. Written by \'cdk8s-hardened lock\'.',
});

/** An image as the file has it. */
export type LockEntry = TypeOf<typeof image>;
