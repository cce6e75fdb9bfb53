import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

declare global {
  // eslint-disable-next-line no-var -- only `var` makes a property of the global object.
  var temporaryFolderOfTests: string | undefined;
}

/** A temporary folder of its own for each run: some of what is tested leaves its files behind, `cdk8s.App` a folder for each app. */
export default function temporarySetup(): void {
  // Both tiers need it, and a run may have both.
  if (globalThis.temporaryFolderOfTests !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-tests-'));
  // Some tests run a command as another user.
  chmodSync(folder, 0o755);
  globalThis.temporaryFolderOfTests = folder;
  // The processes in which tests run get this environment; Windows has the other two.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}
