import { RuleId } from '..';
import { baselineExamples } from './baseline';
import { hardenedExamples } from './hardened';
import { restrictedExamples } from './restricted';
import { Example } from './snippet';

export type { Example } from './snippet';

/** For each rule what it refuses and what it accepts, as YAML. A rule without does not compile. */
export const examples: Readonly<Record<RuleId, Example>> = { ...baselineExamples, ...restrictedExamples, ...hardenedExamples };
