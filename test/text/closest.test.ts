import { closest } from '../../src/text/closest';

describe('closest', () => {
  test.each([
    ['profiel', ['profile', 'rules'], 'profile'],
    ['PROFILE', ['profile'], 'profile'],
    ['rule', ['rules', 'profile'], 'rules'],
    ['pofile', ['file', 'profile'], 'profile'],
    ['profile', ['file', 'profile', 'profil'], 'profile'],
    ['zebra', ['profile', 'rules'], undefined],
    ['', ['profile'], undefined],
    ['x', [], undefined],
    ['p'.repeat(65), ['p'.repeat(64)], undefined],
  ])('%s among %j means %s', (word, candidates, meant) => {
    expect(closest(word, candidates)).toBe(meant);
  });
});
