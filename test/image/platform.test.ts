import { formatPlatform, matchesPlatform, parsePlatform, type Platform } from '../../src/image/platform';

const parse = (text: string): Platform => {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new Error(`not a platform: ${text}`);
  return platform;
};

test.each(['linux/amd64', 'linux/arm/v7', 'windows/amd64:10.0.20348.2762'])('%s is written as it was read', (text) => {
  expect(formatPlatform(parse(text))).toBe(text);
});

test.each(['linux', 'linux/', 'linux/arm/v7/x', 'linux/am d64', 'windows/amd64:1:2', ''])('%j is no platform', (text) => {
  expect(parsePlatform(text)).toBeUndefined();
});

test.each([
  ['linux/arm64', 'linux/arm64/v8', true],
  ['linux/arm', 'linux/arm/v7', true],
  ['linux/arm/v6', 'linux/arm/v7', false],
  ['linux/arm/v7', 'linux/arm', false],
  ['windows/amd64', 'windows/amd64:10.0.20348.2762', true],
  ['windows/amd64:10.0.17763.6293', 'windows/amd64:10.0.20348.2762', false],
  ['windows/amd64:10.0.20348.2762', 'windows/amd64', false],
  ['linux/amd64', 'linux/arm64', false],
  ['linux/amd64', 'windows/amd64', false],
])('asked for %s, %s is what was asked for: %s', (wanted, found, matches) => {
  expect(matchesPlatform(parse(wanted), parse(found))).toBe(matches);
});
