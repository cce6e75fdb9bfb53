// The public surface. What is named here takes the place of what cdk8s-plus-28 has under that name; the rest of it is unchanged.
export * from 'cdk8s-plus-28';

export {
  Container, CronJob, type CronJobProps, DaemonSet, type DaemonSetProps, Deployment, type DeploymentProps, Job, type JobProps,
  Pod, type PodProps, StatefulSet, type StatefulSetProps,
} from './workloads/plus-28';
export type { ContainerProps, FromImage, FromImageProps, WithContainers, WritablePath, WritablePathsProps } from './workloads/props';

export { formatImageReference, parseImageReference, type ImageReference, type ParsedImage, type PinnedImage } from './image/reference';
export { ImageReferenceError, pinned, type ImageReferenceErrorCode } from './image/pinned';

// The policy and the gate.
export { App, type AppProps } from './gate/app';
export { writeBaseline } from './gate/baseline';
export { exempt, type ExemptibleRule, type ExemptionProps } from './gate/exempt';
export { enforce } from './gate/gate';
export type { EnforceOptions, Mode } from './gate/enforcement';
export { judgeTree, type JudgeOptions } from './gate/judge-objects';
export { PolicyError, type PolicyErrorCode } from './policy/error';
export { Policy } from './policy/file';
export { defaultMovingTags, type HostPathPolicy, type PolicyExemption, type RegistryPolicy } from './policy/policy';
export type {
  ExemptedFinding, ExemptionNote, Finding, JudgedPod, Origin, Summary, Verdict, VerdictError,
} from './policy/verdict';
export { formats, report, textReport, type ReportFormat, type ReportOptions, type TextOptions } from './report';

// The lock: which digest each tag means, and what the images say of themselves.
export { Lock } from './lock/file';
export { LockError, type LockErrorCode } from './lock/error';
export { lockedImages, type LockedName, type LockJson } from './lock/locked-images';
export type { ImageFacts, LockedImages, PlatformFacts } from './image/facts';

// The law, and what rules of your own are made of.
export { rules, type RuleId } from './rules';
export type { Example } from './rules/example';
export {
  defineRule, type BuiltInRule, type Fault, type Law, type Profile, type References, type Rule, type RuleContext, type Severity,
} from './rules/rule';
export type { Container as JudgedContainer, Image as JudgedImage, Pod as JudgedPodView, Volume as JudgedVolume } from './manifest/pod';

// The validation plugin of cdk8s-cli, named in cdk8s.yaml.
export { PolicyValidation } from './plugin/policy-validation';
export type { PolicyValidationContext, PolicyValidationProps, ValidationViolation } from './plugin/types';
