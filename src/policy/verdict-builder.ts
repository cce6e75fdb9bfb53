import { Baseline } from './baseline';
import { BaselineEntry, isBeyondBaseline, wordsOf } from './baseline-entry';
import { holdAgainst } from './baseline-match';
import { PolicyError } from './error';
import { Exemption } from './exemption';
import { ExemptedFinding, ExemptionNote, Finding, JudgedPod, Verdict, VerdictError } from './verdict';
import { isDay } from '../text/dates';
import { quoted } from '../text/text';

/** So many fit into memory, and into one string of any report format. */
const mostFindings = 100_000;

/** Collects what was judged, applies exemptions and the baseline, and makes the verdict. Used once: add everything, then build. */
export class VerdictBuilder {
  private readonly findings: Finding[] = [];
  private readonly exempted: ExemptedFinding[] = [];
  private readonly notes = new Set<ExemptionNote>();
  private readonly pods: JudgedPod[] = [];
  private readonly errors: VerdictError[] = [];
  private readonly files = new Set<string>();
  private readonly declared: Exemption[] = [];
  private documents = 0;
  private readonly passedOver = new Map<string, number>();
  private isFull = false;

  /**
   * @param today the day on which exemptions are judged, `YYYY-MM-DD`
   * @param used the exemptions that covered a finding; shared by the builders of one synth
   * @throws PolicyError `invalid-policy` where today is no day: compared with one, every exemption would hold, or none
   */
  public constructor(private readonly today: string, private readonly used = new Set<Exemption>()) {
    if (!isDay(today)) throw new PolicyError('invalid-policy', `today must be a day such as 2030-12-31, it is ${quoted(String(today))}`);
  }

  public addDocument(file?: string): void {
    this.documents += 1;
    if (file !== undefined) this.files.add(file);
  }

  public addPods(pods: readonly JudgedPod[]): void {
    for (const pod of pods) this.pods.push(pod);
  }

  /** Exemptions that a manifest declares for itself: like all others, they are errors once they have ended or excuse nothing. */
  public addDeclared(exemptions: readonly Exemption[]): void {
    for (const exemption of exemptions) this.declared.push(exemption);
  }

  /** A document that is not a Kubernetes object, and is not judged: counted by what it is. */
  public addPassedOver(as: string): void {
    this.passedOver.set(as, (this.passedOver.get(as) ?? 0) + 1);
  }

  /**
   * The first exemption that covers the finding and has not ended excuses it.
   *
   * After 100,000 no more are kept, and the verdict says so: it then has an error, so that it does not pass whatever is excused.
   *
   * @param decisions the exemptions that each policy in force accepts: each of them must excuse it
   * @returns whether it is left as a finding, as far as exemptions go
   */
  public addFinding(finding: Finding, ...decisions: readonly (readonly Exemption[])[]): boolean {
    if (this.findings.length + this.exempted.length >= mostFindings) {
      this.isFull = true;
      return false;
    }
    const excuses = decisions.map((exemptions) => this.excuseOf(finding, exemptions));
    const [first] = excuses;
    if (first !== undefined && excuses.every((excuse) => excuse !== undefined)) {
      for (const { note } of excuses) this.notes.add(note);
      this.exempted.push({ ...finding, exemption: first.note });
      return false;
    }
    this.findings.push(finding);
    return true;
  }

  private excuseOf(finding: Finding, exemptions: readonly Exemption[]): Exemption | undefined {
    const covering = exemptions.filter((exemption) => exemption.covers(finding));
    for (const exemption of covering) this.used.add(exemption);
    return covering.find((exemption) => !this.hasEnded(exemption));
  }

  public addError(error: VerdictError): void {
    this.errors.push(error);
  }

  /**
   * Where there were errors, not everything was judged, and only an exemption past its last day is stale.
   *
   * @param exemptions all whose whole scope was judged: one of them that excused nothing is stale
   * @param baseline the findings that are let pass, where all that it is about was judged
   */
  public build(exemptions: readonly Exemption[], baseline?: Baseline): Verdict {
    if (this.isFull) this.addError({ message: `there are more than ${mostFindings} findings; the report has the first of them` });
    // What could not be read may hold just what an exemption or an entry is about.
    const isWhole = this.errors.length === 0;
    for (const exemption of [...exemptions, ...this.declared]) this.checkExemption(exemption, isWhole);
    const { left: findings, known: baselined, stale } = holdAgainst(this.findings, baseline?.entries ?? []);
    if (baseline?.isComplete && isWhole) for (const entry of stale) this.errors.push(staleEntry(entry, baseline));
    const { exempted, notes, errors, pods, passedOver, today } = this;
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
      baselined,
      exemptions: [...notes],
      errors,
      ...baseline?.entries.some(({ isOld }) => isOld) && { notes: [oldBaseline(baseline)] },
      pods,
      passedOver: Object.fromEntries([...passedOver].sort(([a], [b]) => a < b ? -1 : 1)),
      today,
    };
  }

  private checkExemption(exemption: Exemption, isWhole: boolean): void {
    const { rule, scope, container, owner, until } = exemption.note;
    const name = `the exemption from ${rule} at ${scope}${container ? `, container ${container}` : ''}`;
    const ask = owner ? `; ask ${owner}` : '';
    if (this.hasEnded(exemption)) {
      const message = `${name} ended on ${until}, today is ${this.today}: mend what it excused, or decide again${ask}`;
      this.errors.push({ stale: true, message });
    } else if (isWhole && !this.used.has(exemption)) {
      this.errors.push({ stale: true, message: `${name} excuses nothing: remove it${ask}` });
    }
  }

  private hasEnded({ note }: Exemption): boolean {
    return note.until !== undefined && note.until < this.today;
  }
}

function staleEntry(entry: BaselineEntry, { file, howToPrune }: Baseline): VerdictError {
  if (isBeyondBaseline(entry)) {
    return { stale: true, file, message: `${wordsOf(entry)} excuses nothing, because what cannot be read cannot be judged: remove its line; ${howToPrune}` };
  }
  return { stale: true, file, message: `${wordsOf(entry)} no longer occurs: remove its line; ${howToPrune}` };
}

function oldBaseline({ file, howToPrune, howToRenew = howToPrune }: Baseline): string {
  return `${file} is a baseline of version 1, in which a line lets pass any host path, any registry or any capability where one was accepted: `
    + `write it anew; ${howToRenew}`;
}

function countByRule(findings: readonly Finding[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a < b ? -1 : 1));
}
