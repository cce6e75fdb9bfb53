import { rmSync } from 'node:fs';
import './temporary-setup';

export default function temporaryTeardown(): void {
  const folder = globalThis.temporaryFolderOfTests;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
