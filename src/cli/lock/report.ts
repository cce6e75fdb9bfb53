import { createColors } from 'picocolors';
import { differences, LockChanges } from '../../resolve/changes';
import type { Drift, DriftReport } from '../../resolve/drift';
import type { LockFailure } from '../../resolve/requests';
import type { LockNote } from '../../resolve/resolve';
import { printable, printableJson } from '../../text/printable';
import { plural } from '../../text/text';
import { Io } from '../io';

export interface LockOutcome {
  readonly changes: LockChanges;
  readonly failures: readonly LockFailure[];
  readonly notes: readonly LockNote[];
  /** Images with a digest and no tag. */
  readonly passedOver: number;
}

/** For people: what changed, from which digest to which; each line fits 80 columns but for long names. */
export function lockText(file: string, { changes, failures, passedOver }: LockOutcome, color: boolean): string {
  const { added, changed, unchanged } = changes;
  const { bold, green, yellow } = createColors(color);
  const lines = [
    ...added.flatMap(({ name, image }) => [`${green('added')} ${bold(printable(name))}`, `       ${image.digest}`]),
    ...changed.flatMap(({ name, from, to }) => [
      `${yellow('changed')} ${bold(printable(name))}`,
      ...(from.digest === to.digest ? [`       ${to.digest}`] : [`  from ${from.digest}`, `    to ${to.digest}`]),
      ...differences(from, to).map((line) => `       ${line}`),
    ]),
    ...(passedOver === 0 ? [] : [`${plural(passedOver, 'image')} with a digest and no tag passed over: there is nothing to lock`]),
    `${printable(file)}: ${added.length} added, ${changed.length} changed, ${unchanged.length} unchanged${failedText(failures)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** For people: which tags no longer mean what is locked. */
export function driftText(file: string, { drifted, unchanged, failures }: DriftReport, color: boolean): string {
  const { bold, red, yellow } = createColors(color);
  const lines = [
    ...drifted.flatMap(({ name, locked, now, isThere }) => [
      `${now === undefined ? red('gone') : yellow('moved')} ${bold(printable(name))}`,
      `  from ${locked}`,
      now === undefined ? '       the tag is gone' : `    to ${now}`,
      `       ${isThere ? 'the locked digest is still in the registry' : red('the locked digest is gone, so it cannot be pulled')}`,
    ]),
    ...(drifted.some(({ now }) => now !== undefined) ? ['`cdk8s-hardened lock --update NAME` takes what a tag means now'] : []),
    `${printable(file)}: ${drifted.length} drifted, ${unchanged.length} unchanged${failedText(failures)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function failedText({ length }: readonly LockFailure[]): string {
  return length === 0 ? '' : `, ${length} failed`;
}

/**
 * For tools, one object:
 *
 * `{ "version": 1, "lock": FILE, "added": [{ "name", "digest" }], "changed": [{ "name", "from", "to", "differences" }],
 * "unchanged": [NAME], "failed": [{ "name", "code", "message" }], "notes": [{ "name", "message" }], "passedOver": COUNT }`.
 *
 * `from` and `to` are digests, and the same where only what is recorded of the image changed; `differences` are lines for people.
 * `unchanged` has those that were looked at. `code` is that of a `RegistryError`, or one of `LockFailure`.
 */
export function lockJson(file: string, { changes: { added, changed, unchanged }, failures, notes, passedOver }: LockOutcome): string {
  return json({
    version: 1,
    lock: file,
    added: added.map(({ name, image: { digest } }) => ({ name, digest })),
    changed: changed.map(({ name, from, to }) => ({ name, from: from.digest, to: to.digest, differences: differences(from, to) })),
    unchanged,
    failed: failures,
    notes,
    passedOver,
  });
}

/**
 * For tools, one object: `{ "version": 1, "lock": FILE, "drifted": [{ "name", "from", "to", "isThere" }], "unchanged": [NAME],
 * "failed": [{ "name", "code", "message" }] }`. `from` is the locked digest; `to` is left out where the tag is gone; `isThere` says whether
 * the locked digest can still be pulled.
 */
export function driftJson(file: string, { drifted, unchanged, failures }: DriftReport): string {
  const shown = ({ name, locked, now, isThere }: Drift) => ({ name, from: locked, ...(now === undefined ? {} : { to: now }), isThere });
  return json({ version: 1, lock: file, drifted: drifted.map(shown), unchanged, failed: failures });
}

function json(value: object): string {
  return `${printableJson(value)}\n`;
}

/** Each on a line of its own, where a pipeline shows errors. */
export function tellFailures(failures: readonly LockFailure[], io: Io): void {
  for (const { message } of failures) io.err(`cdk8s-hardened: ${printable(message)}\n`);
  if (failures.some(({ code }) => code === 'tls')) {
    io.err('cdk8s-hardened: --ca FILE trusts the certificates of your own authority; --insecure HOST takes any certificate of this host, and plain HTTP\n');
  }
}

export function tellNotes(notes: readonly LockNote[], io: Io): void {
  for (const { name, message } of notes) io.err(`cdk8s-hardened: note: ${printable(name)}: ${printable(message)}\n`);
}

/** Shows how many images are done. */
export function progressOf(io: Io, what: string): (done: number, total: number, reference: string) => void {
  return (done, total, reference) => io.progress(`${done} of ${total} image${total === 1 ? '' : 's'} ${what}, now ${printable(reference)}`);
}
