import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lockOf, temporaryFolder } from './support';
import { formatLock } from '../../src/lock/format';
import { Lock } from '../../src/lock/lock';
import { parseLock } from '../../src/lock/parse';

const folder = temporaryFolder();

interface Merged {
  readonly conflicts: boolean;
  readonly text: string;
}

function git(cwd: string, ...args: readonly string[]) {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main'];
  const { status, stdout } = spawnSync('git', [...settings, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout };
}

/** As the two branches of a repository would be. */
function mergeFile(base: Lock, ours: Lock, theirs: Lock, ...options: readonly string[]): Merged {
  const files = Object.entries({ ours, base, theirs }).map(([name, lock]) => {
    writeFileSync(join(folder, name), formatLock(lock));
    return name;
  });
  const { status, stdout } = git(folder, 'merge-file', '-p', ...options, ...files);
  return { conflicts: status !== 0, text: stdout };
}

const base = ['d:1', 'h:1', 'm:1'] as const;

describe('without any attribute', () => {
  test.each([
    ['in front and at the end', ['a:1'], ['z:1']],
    ['in front and in the middle', ['a:1'], ['e:1']],
    ['at the end and in the middle', ['z:1'], ['i:1']],
    ['on both sides of one image', ['e:1'], ['i:1']],
    ['several each', ['a:1', 'b:1', 'z:1'], ['e:1', 'i:1', 'j:1']],
  ])('two branches that lock images %s merge', (_where, ours, theirs) => {
    const merged = mergeFile(lockOf(...base), lockOf(...base, ...ours), lockOf(...base, ...theirs));

    expect(merged).toEqual({ conflicts: false, text: formatLock(lockOf(...base, ...ours, ...theirs)) });
  });

  test.each([['before', 'e:1'], ['after', 'i:1']])('one that updates an image and one that locks another just %s it merge', (_where, name) => {
    const merged = mergeFile(lockOf(...base), lockOf('d:1', ['h:1', 'new'], 'm:1'), lockOf(...base, name));

    expect(merged).toEqual({ conflicts: false, text: formatLock(lockOf('d:1', ['h:1', 'new'], 'm:1', name)) });
  });

  test('updates of two neighbours merge', () => {
    const merged = mergeFile(lockOf(...base), lockOf(['d:1', 'new'], 'h:1', 'm:1'), lockOf('d:1', ['h:1', 'newer'], 'm:1'));

    expect(merged).toEqual({ conflicts: false, text: formatLock(lockOf(['d:1', 'new'], ['h:1', 'newer'], 'm:1')) });
  });

  test('what both lock alike is no conflict', () => {
    const both = lockOf(...base, 'e:1');

    expect(mergeFile(lockOf(...base), both, both)).toEqual({ conflicts: false, text: formatLock(both) });
  });

  test('what is left in conflict is refused with a word about its markers', () => {
    const { conflicts, text } = mergeFile(lockOf(), lockOf('a:1'), lockOf('b:1'));

    expect(conflicts).toBe(true);
    expect(() => parseLock(text, 'images.lock.json')).toThrow('images.lock.json: has the conflict markers of a merge');
  });
});

describe('with merge=union', () => {
  // Few words, so that images have lines in common: two tags of one image have all but their names.
  const images = (names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), fc.constantFrom('one', 'other', 'third'), { maxKeys: 6 });
  const all = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'].map((name) => `${name}:1`);
  const sets = fc.record({
    common: images(all),
    ours: images(all.filter((_, index) => index % 2 === 0)),
    theirs: images(all.filter((_, index) => index % 2 === 1)),
  });
  type Words = Readonly<Record<string, string>>;
  const lockFrom = (...parts: readonly Words[]) => lockOf(...Object.entries(Object.assign({}, ...parts) as Words));

  test('whatever images two branches lock and update, each its own, they merge to a lock that has both', () => {
    fc.assert(fc.property(sets, ({ common, ours, theirs }) => {
      const merged = mergeFile(lockFrom(common), lockFrom(common, ours), lockFrom(common, theirs), '--union');

      expect(merged.conflicts).toBe(false);
      expect(formatLock(parseLock(merged.text))).toBe(formatLock(lockFrom(common, ours, theirs)));
    }), { numRuns: 150 });
  });

  test('two branches that lock one tag with two digests merge to what is refused', () => {
    const { text } = mergeFile(lockOf(), lockOf(['a:1', 'one']), lockOf(['a:1', 'other']), '--union');

    expect(() => parseLock(text)).toThrow(/^lock: images\["a:1"\](\.pinned)? stands twice; remove all lines of the entry that is wrong$/);
  });

  test('so it is in a repository, with the attribute that the documentation gives', () => {
    const repository = join(folder, 'repository');
    mkdirSync(repository);
    const write = (lock: Lock) => writeFileSync(join(repository, 'images.lock.json'), formatLock(lock));
    const commit = () => git(repository, 'commit', '-qam', 'lock');
    git(repository, 'init', '-q');
    writeFileSync(join(repository, '.gitattributes'), 'images.lock.json merge=union\n');
    write(lockOf());
    git(repository, 'add', '.');
    commit();
    git(repository, 'checkout', '-qb', 'other');
    write(lockOf('a:1'));
    commit();
    git(repository, 'checkout', '-q', 'main');
    write(lockOf('b:1'));
    commit();

    const { status } = git(repository, 'merge', '-q', '--no-edit', 'other');

    const text = readFileSync(join(repository, 'images.lock.json'), 'utf8');
    expect([status, formatLock(parseLock(text))]).toEqual([0, formatLock(lockOf('a:1', 'b:1'))]);
  });
});
