import { createColors } from 'picocolors';
import type { ImageFacts } from '../../image/facts';
import { isOfDigest } from '../../lock/reference';
import { differences, LockChanges } from '../../resolve/changes';
import type { Drift, DriftReport } from '../../resolve/drift';
import type { PlatformState } from '../../resolve/drift-facts';
import type { LockFailure } from '../../resolve/requests';
import type { LockNote } from '../../resolve/resolve';
import { printable, printableJson } from '../../text/printable';
import { plural } from '../../text/text';
import { Io } from '../io';

export interface LockOutcome {
  readonly changes: LockChanges;
  /** Left out where nothing was to be removed. */
  readonly removed?: readonly { readonly name: string; readonly image: ImageFacts }[];
  readonly failures: readonly LockFailure[];
  readonly notes: readonly LockNote[];
  /** Images with a digest and no tag. */
  readonly passedOver: number;
}

/** For people: what changed, from which digest to which; each line fits 80 columns but for long names. */
export function lockText(file: string, { changes, removed, failures, passedOver }: LockOutcome, color: boolean): string {
  const { added, changed, unchanged } = changes;
  const { bold, green, red, yellow } = createColors(color);
  const counts = removed === undefined ? `${added.length} added, ${changed.length} changed` : `${removed.length} removed`;
  const lines = [
    ...added.flatMap(({ name, image }) => [`${green('added')} ${bold(printable(name))}`, `       ${image.digest}`]),
    ...changed.flatMap(({ name, from, to }) => [
      `${yellow('changed')} ${bold(printable(name))}`,
      ...(from.digest === to.digest ? [`       ${to.digest}`] : [`  from ${from.digest}`, `    to ${to.digest}`]),
      ...differences(from, to).map((line) => `       ${line}`),
    ]),
    ...(removed ?? []).flatMap(({ name, image }) => [`${red('removed')} ${bold(printable(name))}`, `       ${image.digest}`]),
    ...(passedOver === 0 ? [] : [`${plural(passedOver, 'image')} with a digest and no tag passed over: there is nothing to lock`]),
    `${printable(file)}: ${counts}, ${unchanged.length} unchanged${failedText(failures)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const stateTexts: Readonly<Record<PlatformState, string>> = { same: 'the same image', changed: 'another image', gone: 'none any more' };

/** For people: which tags no longer mean what is locked. */
export function driftText(file: string, { drifted, wrong, unchanged, failures }: DriftReport, color: boolean): string {
  const { bold, red, yellow } = createColors(color);
  const lines = [
    ...drifted.flatMap(({ name, locked, now, isThere, platforms = {} }) => [
      `${now === undefined ? red('gone') : yellow('moved')} ${bold(printable(name))}`,
      `  from ${locked}`,
      ...(isOfDigest(name) ? [] : [now === undefined ? '       the tag is gone' : `    to ${now}`]),
      ...Object.entries(platforms).map(([platform, state]) => `       ${platform}: ${stateTexts[state]}`),
      `       ${isThere ? 'the locked digest is still in the registry' : red('the locked digest is gone, so it cannot be pulled')}`,
    ]),
    ...wrong.flatMap(({ name, digest, differences: details }) => [
      `${red('wrong')} ${bold(printable(name))}`,
      `       ${digest}`,
      '       the lock says of it what the image does not',
      ...details.map((line) => `       ${line}`),
    ]),
    ...(wrong.length > 0 ? ['`cdk8s-hardened lock --update NAME` takes what an image says'] : []),
    ...(drifted.some(({ now }) => now !== undefined) ? ['`cdk8s-hardened lock --update NAME` takes what a tag means now'] : []),
    `${printable(file)}: ${drifted.length} drifted, ${wrong.length > 0 ? `${wrong.length} wrong, ` : ''}${unchanged.length} unchanged${failedText(failures)}`,
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
 * "removed": [{ "name", "digest" }], "unchanged": [NAME], "failed": [{ "name", "code", "message" }], "notes": [{ "name", "message" }],
 * "passedOver": COUNT }`.
 *
 * `from` and `to` are digests, and the same where only what is recorded of the image changed; `differences` are lines for people.
 * `unchanged` has those that were looked at. `code` is that of a `RegistryError`, or one of `LockFailure`.
 */
export function lockJson(file: string, outcome: LockOutcome): string {
  const { changes: { added, changed, unchanged }, removed = [], failures, notes, passedOver } = outcome;
  const shown = ({ name, image: { digest } }: { readonly name: string; readonly image: ImageFacts }) => ({ name, digest });
  return json({
    version: 1,
    lock: file,
    added: added.map(shown),
    changed: changed.map(({ name, from, to }) => ({ name, from: from.digest, to: to.digest, differences: differences(from, to) })),
    removed: removed.map(shown),
    unchanged,
    failed: failures,
    notes,
    passedOver,
  });
}

/**
 * For tools, one object: `{ "version": 1, "lock": FILE, "drifted": [{ "name", "from", "to", "isThere", "platforms" }],
 * "wrong": [{ "name", "digest", "differences" }], "unchanged": [NAME], "failed": [{ "name", "code", "message" }] }`. `from` is the locked
 * digest; `to` is left out where the tag is gone, or there is none; `isThere` says whether the locked digest can still be pulled;
 * `platforms` has `same`, `changed` or `gone` for each that is chosen. `wrong` are images of which the lock says what they do not.
 */
export function driftJson(file: string, { drifted, wrong, unchanged, failures }: DriftReport): string {
  const shown = ({ name, locked, now, isThere, platforms }: Drift) =>
    ({ name, from: locked, ...(now === undefined ? {} : { to: now }), isThere, ...(platforms === undefined ? {} : { platforms }) });
  return json({ version: 1, lock: file, drifted: drifted.map(shown), wrong, unchanged, failed: failures });
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
