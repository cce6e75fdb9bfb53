import { dirname, join } from 'node:path';
import { Finding, Verdict } from './verdict';
import { CodedError } from '../text/coded-error';
import { withoutCommands } from '../text/pipeline-commands';

/**
 * Why a policy stopped the work:
 *
 * - `refused`: findings are left, or an exemption is stale
 * - `invalid-policy`: the policy itself cannot be used
 * - `invalid-exemption`: an exemption was declared wrongly
 * - `invalid-baseline`: the baseline cannot be read
 * - `unjudged`: something would have been written that was not judged, or a file could not be read whole
 */
export type PolicyErrorCode = 'refused' | 'invalid-policy' | 'invalid-exemption' | 'invalid-baseline' | 'unjudged';

/** Thrown by everything that judges. The message is complete: it needs no stack to be acted on. */
export class PolicyError extends CodedError<PolicyErrorCode> {
  /** What was found, as data. Empty unless the code is `refused`. */
  declare public readonly findings: readonly Finding[];
  /** The whole verdict, where there is one: also what was exempted, and the errors. */
  declare public readonly verdict: Verdict | undefined;

  public constructor(code: PolicyErrorCode, problem: string, verdict?: Verdict) {
    // It names files and constructs, and is printed to the log of a pipeline.
    const message = withoutCommands(problem);
    super('PolicyError', code, message, undefined, { findings: verdict?.findings ?? [], verdict });
    Object.defineProperty(this, 'stack', { value: `PolicyError: ${message}${authorsFrame(this.stack)}` });
  }
}

/** @param where the file, with the line where it is known */
export function invalidPolicy(where: string, problem: string): PolicyError {
  return new PolicyError('invalid-policy', `${where}: ${problem}`);
}

const ourRoot = dirname(dirname(__dirname));

/**
 * The one frame that the author wrote, such as the call of `synth`. The findings say where to look, so the frames of the synth would
 * only push them off the screen; and an error without any frame is printed between brackets.
 */
function authorsFrame(stack = ''): string {
  const frames = stack.split('\n').filter((line) => /^ +at /.test(line));
  const own = frames.find((line) => !/node_modules|node:/.test(line) && !line.includes(join(ourRoot, 'src')));
  return own === undefined ? '' : `\n${own}`;
}
