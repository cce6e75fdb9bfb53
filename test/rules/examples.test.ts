import { load } from 'js-yaml';
import { locked, lockedImage } from './locked';
import { compilePolicy } from '../../src/policy/compile';
import { judge } from '../../src/policy/judge';
import { rules, rulesOf } from '../../src/rules';
import { BuiltInRule } from '../../src/rules/rule';
import { isObject, Json, JsonObject } from '../../src/shape/json';
import { registries } from '../support/images';
import { faultsOf, validPod } from '../support/pods';

/** The digest of the images in the examples. */
const digest = 'sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b';
const numeric = { user: '65532' };

const context = {
  registries: registries({ 'ghcr.io/acme': {}, 'quay.io/acme': { pullSecret: 'quay' } }),
  hostPaths: [{ path: '/data', readOnly: true }],
  lock: locked(
    lockedImage({ 'linux/amd64': numeric }, 'ghcr.io/acme/shop:1.4.2', { digest }),
    lockedImage({ 'linux/amd64': { user: 'app', uid: 1000 } }, 'ghcr.io/acme/cart:2.0.1', { digest }),
    lockedImage({ 'linux/amd64': { ...numeric, volumes: ['/data'] } }, 'ghcr.io/acme/store:7.2', { digest }),
  ),
};

/** The valid pod with the lines of an example in place of its own. */
function withLines(lines: string): JsonObject {
  return merge(validPod, { spec: load(lines) as JsonObject }) as JsonObject;
}

function merge(own: Json | undefined, other: Json | undefined): Json | undefined {
  if (Array.isArray(own) && Array.isArray(other) && isObject(other[0])) {
    return [...other.map((item, index) => merge(own[index] as Json, item as Json) as Json), ...own.slice(other.length) as Json[]];
  }
  if (!isObject(own) || !isObject(other)) return other;
  const keys = [...new Set([...Object.keys(own), ...Object.keys(other)])];
  // A volume has one source: that of the example.
  const kept = keys.filter((key) => key in other || !('name' in own && 'emptyDir' in own));
  return Object.fromEntries(kept.map((key) => [key, key in other ? merge(own[key], other[key]) : own[key]]));
}

const policy = compilePolicy({});
const findingsOf = (lines: string) => judge(load(lines), policy).flatMap(({ findings }) => findings);

describe.each(Object.entries<BuiltInRule>(rules))('%s', (id, article) => {
  const { bad, good, isWhole = false } = article.examples;

  test('refuses the bad example', () => {
    if (isWhole) expect(findingsOf(bad).map(({ rule }) => rule)).toEqual([id]);
    else expect(faultsOf(article, withLines(bad), context)).not.toEqual([]);
  });

  test('accepts the good example, as all other rules do', () => {
    const findings = isWhole ? findingsOf(good) : rulesOf('hardened').flatMap((rule) => faultsOf(rule, withLines(good), context));
    expect(findings).toEqual([]);
  });

  test('has short lines and no tabs', () => {
    for (const line of (bad + good).split('\n')) expect(line).toMatch(/^[^\t]{0,125}$/);
  });
});
