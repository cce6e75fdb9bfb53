import * as cdk8s from 'cdk8s';
import { EnforceOptions } from './enforcement';
import { enforce } from './gate';
import { Policy } from '../policy/policy';

/** Properties of an `App`: those of cdk8s, the policy, and how it is enforced. */
export interface AppProps extends cdk8s.AppProps, EnforceOptions {
  /**
   * What the app may contain.
   *
   * @default - the profile `hardened` without any trusted registry, so that every image is refused
   */
  readonly policy?: Policy;
}

/**
 * A cdk8s app with the gate built in: `synth` and `synthYaml` write all of it, or throw a `PolicyError` and write nothing.
 *
 * @throws PolicyError `invalid-policy`, with every key that is wrong; LockError `invalid-lock`
 */
export class App extends cdk8s.App {
  public constructor(props: AppProps = {}) {
    super(props);
    enforce(this, props.policy ?? {}, props);
  }
}
