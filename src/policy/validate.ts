import { policyDescription } from './description';
import { PolicyError } from './error';
import { idsOf } from './own-rules';
import { policyVoice } from './voice';
import { isObject } from '../shape/json';
import { readStrictly } from '../shape/strict';

/**
 * @param exemptible which rules exemptions may name besides the catalogue's @default - those of the key `rules`
 * @throws PolicyError `invalid-policy` with the problems, the first twenty of them, each naming its key and `where`
 */
export function validatePolicy(value: unknown, where: string, exemptible?: 'any'): void {
  const own = exemptible ?? (isObject(value) ? idsOf(value.rules).filter((id) => typeof id === 'string') : []);
  const read = readStrictly(policyDescription(own), value, policyVoice);
  if (!read.ok) throw new PolicyError('invalid-policy', read.problems.map(({ message }) => `${where}: ${message}`).join('\n'));
}
