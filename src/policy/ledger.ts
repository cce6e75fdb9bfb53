import { Exemption } from './exemption';
import { JudgedManifest } from './judge';
import { ExemptedFinding, Finding, JudgedPod, Verdict, VerdictError } from './verdict';

/**
 * Where findings and exemptions meet, until the verdict.
 *
 * Used once: enter everything that was judged, then conclude.
 */
export class Ledger {
  private readonly findings: Finding[] = [];
  private readonly exempted: ExemptedFinding[] = [];
  private readonly pods: JudgedPod[] = [];
  private readonly errors: VerdictError[] = [];
  private readonly files = new Set<string>();
  private documents = 0;

  /**
   * @param today the day exemptions are held against, `YYYY-MM-DD`
   * @param used the exemptions that covered a finding; shared between ledgers of one judgement
   */
  public constructor(private readonly today: string, private readonly used = new Set<Exemption>()) {}

  public enterDocument(file?: string): void {
    this.documents += 1;
    if (file !== undefined) this.files.add(file);
  }

  public enterPods(judged: JudgedManifest): void {
    this.pods.push(...judged.pods);
  }

  /** The first exemption that covers the finding and has not ended excuses it. */
  public enterFinding(finding: Finding, exemptions: readonly Exemption[]): void {
    const covering = exemptions.filter((exemption) => exemption.covers(finding));
    for (const exemption of covering) this.used.add(exemption);
    const excuse = covering.find((exemption) => !this.hasEnded(exemption));
    if (excuse === undefined) this.findings.push(finding);
    else this.exempted.push({ ...finding, exemption: excuse.note });
  }

  public enterError(error: VerdictError): void {
    this.errors.push(error);
  }

  /** @param exemptions all whose whole scope was judged: one of them that excused nothing is stale */
  public conclude(exemptions: readonly Exemption[]): Verdict {
    for (const exemption of exemptions) this.holdAgainstItsWord(exemption);
    const { findings, exempted, errors, pods, today } = this;
    return {
      summary: {
        files: this.files.size,
        documents: this.documents,
        pods: pods.length,
        containers: pods.reduce((sum, pod) => sum + pod.containers.length, 0),
        findings: findings.length,
        exempted: exempted.length,
        errors: errors.length,
      },
      rules: countByRule(findings),
      findings,
      exempted,
      exemptions: [...new Set(exempted.map((finding) => finding.exemption))],
      errors,
      pods,
      today,
    };
  }

  private holdAgainstItsWord(exemption: Exemption): void {
    const { rule, scope, container, owner, until } = exemption.note;
    const name = `the exemption from ${rule} at ${scope}${container ? `, container ${container}` : ''}`;
    const ask = owner ? `; ask ${owner}` : '';
    if (this.hasEnded(exemption)) {
      this.errors.push({ message: `${name} ended on ${until}, today is ${this.today}: mend what it excused, or decide again${ask}` });
    } else if (!this.used.has(exemption)) {
      this.errors.push({ message: `${name} excuses nothing: remove it${ask}` });
    }
  }

  private hasEnded({ note }: Exemption): boolean {
    return note.until !== undefined && note.until < this.today;
  }
}

function countByRule(findings: readonly Finding[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a < b ? -1 : 1));
}
