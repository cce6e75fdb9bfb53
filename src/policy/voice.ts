import { kindOf } from '../shape/json';
import type { Voice } from '../shape/strict';
import { closest } from '../text/closest';
import { quoted } from '../text/text';

const simpleKey = /^[A-Za-z]\w{0,79}$/;

/** How messages speak of a policy: `registries."ghcr.io".pullPolicy`. */
export const policyVoice: Voice = {
  whole: 'the policy',
  place: (segment) => typeof segment === 'number' ? `[${segment}]` : `.${simpleKey.test(segment) ? segment : quoted(segment)}`,
  wrong: (expected, value, isText = false) => {
    const shown = typeof value === 'string' ? quoted(value) : typeof value === 'number' ? `the number ${value}` : kindOf(value);
    // YAML reads `no`, `on` and `y` as booleans.
    const hint = isText && typeof value === 'boolean' ? '; put it in quotes' : '';
    return `must be ${expected}, it is ${shown}${hint}`;
  },
  missing: 'is missing',
  unknown: (key, known) => {
    const near = closest(key, known);
    return `is no key of a policy; ${near ? `did you mean ${near}?` : `known are ${known.join(', ')}`}`;
  },
};
