import { ExemptedFinding, ExemptionNote, Finding, JudgedPod, Verdict, VerdictError } from '../../src/policy/verdict';

/** The day of every verdict here. */
export const today = '2030-06-01';

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'image-digest',
    message: 'image must have a digest, it is "nginx:1.27"',
    severity: 'medium',
    fix: 'write the digest behind the tag: nginx:1.27@sha256:…',
    pointer: '/spec/template/spec/containers/0/image',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    ...change,
  };
}

export function exemption(change: Partial<ExemptionNote> = {}): ExemptionNote {
  return { rule: 'host-path', scope: 'construct agent/node', reason: 'reads the kernel log', ...change };
}

export function exempted(change: Partial<ExemptedFinding> = {}): ExemptedFinding {
  return { ...finding({ rule: 'host-path' }), exemption: exemption(), ...change };
}

export function pod(change: Partial<JudgedPod> = {}): JudgedPod {
  return { resource: finding().resource, containers: ['web'], images: ['nginx:1.27'], ...change };
}

export interface Parts {
  readonly findings?: readonly Finding[];
  readonly exempted?: readonly ExemptedFinding[];
  readonly exemptions?: readonly ExemptionNote[];
  readonly errors?: readonly VerdictError[];
  readonly pods?: readonly JudgedPod[];
  readonly baselined?: readonly Finding[];
  readonly passedOver?: Readonly<Record<string, number>>;
}

/** A verdict whose counts follow from its parts, as they do in a real one. */
export function verdict(parts: Parts = {}): Verdict {
  const { findings = [], exempted: excused = [], baselined = [], errors = [], pods = [pod()], passedOver = {} } = parts;
  const rules = new Map<string, number>();
  for (const { rule } of findings) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  return {
    summary: {
      files: new Set(pods.map(({ file }) => file)).size,
      documents: pods.length,
      pods: pods.length,
      containers: pods.reduce((sum, { containers }) => sum + containers.length, 0),
      findings: findings.length,
      exempted: excused.length,
      errors: errors.length,
    },
    rules: Object.fromEntries(rules),
    findings,
    exempted: excused,
    baselined,
    exemptions: parts.exemptions ?? excused.map((item) => item.exemption),
    errors,
    pods,
    passedOver,
    today,
  };
}

/** What a manifest may hold that no report may pass on as it is: terminal codes, markup, line feeds, and text that reorders text. */
export const hostile = '\u001b[31m<script>alert(1)</script>\u0000\r\n::error::x\u009b2J"\'&%,]]>\u202e\u2028\ufffe\ud800--><\u200b';

/** A verdict with the hostile text in every field that can hold a text. */
export function hostileVerdict(): Verdict {
  const origin = { construct: hostile, source: `${hostile}:7`, file: hostile };
  const resource = { apiVersion: hostile, kind: hostile, namespace: hostile, name: hostile };
  const bad = finding({
    ...origin, resource, rule: hostile, message: hostile, fix: hostile, pointer: hostile, container: hostile, line: 3,
  });
  const note = { rule: hostile, scope: hostile, container: hostile, reason: hostile, owner: hostile, until: hostile };
  const { source: _, construct: __, ...plain } = bad;
  return verdict({
    findings: [bad, plain],
    exempted: [{ ...bad, exemption: note }],
    errors: [{ message: hostile, file: hostile, line: 1 }],
    pods: [pod({ ...origin, resource, containers: [hostile], images: [hostile, `${hostile}/x`] })],
  });
}
