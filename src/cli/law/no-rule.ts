import { rules } from '../../rules';
import { closest } from '../../text/closest';
import { quoted } from '../../text/text';

/** What to say where a rule is asked for that does not exist. */
export function noRule(id: string): string {
  const near = closest(id, Object.keys(rules));
  return `${quoted(id)} is no rule; ${near ? `did you mean ${near}?` : '`cdk8s-hardened rules` lists them'}`;
}
