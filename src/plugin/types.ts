import { Policy } from '../policy/policy';

// What cdk8s-cli 2 hands to a validation plugin, as far as it is used here. Declared by structure, so that nobody who only
// synthesizes or checks has to install cdk8s-cli.

/** A rule and where it is not met, for the report that cdk8s-cli prints and writes. */
export interface ValidationViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/** The `ValidationContext` of cdk8s-cli. */
export interface PolicyValidationContext {
  /** The files that were written. */
  readonly manifests: readonly string[];
  /** Whether they were also written to the standard output; their folder is then a temporary one. */
  readonly stdout?: boolean;
  readonly report: {
    addViolation(violation: ValidationViolation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
  readonly logger: { log(message: string): void };
}

/** The `properties` of the validation in `cdk8s.yaml`: those below, and any key of a policy, which is put over that of `policy`. */
export interface PolicyValidationProps extends Omit<Policy, 'rules'> {
  /**
   * The policy: the path of a file, from the folder in which cdk8s runs, or the policy itself.
   *
   * @default - `hardened.yaml` where it exists; otherwise no registry is trusted
   */
  readonly policy?: string | Policy;
  /**
   * A JavaScript module that exports a list of rules of your own, to judge by too; from the folder in which cdk8s runs.
   *
   * @default - only the rules of the library
   */
  readonly rules?: string;
  /**
   * A file with the findings that are let pass: that of the gate, or one made by `cdk8s-hardened check --write-baseline`.
   *
   * @default - no finding is let pass
   */
  readonly baseline?: string;
  /**
   * A lock file, for the rules that need one.
   *
   * @default - `images.lock.json` where it exists; otherwise those rules are silent
   */
  readonly lock?: string;
}
