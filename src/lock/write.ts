import { lstatSync } from 'node:fs';
import { emptyLock, Lock } from './lock';
import { parseLock } from './parse';
import { provenText } from './prove';
import { readLockText } from './read';
import { takeTurn } from '../files/exclusive';
import { replaceWhole } from '../files/write-whole';

interface UpdatedLock {
  readonly before: Lock;
  readonly after: Lock;
  /** Whether the file changed. */
  readonly changed: boolean;
}

/**
 * Changes the newest content of a lock file, while no other process changes it: of two processes that lock images at the same time
 * neither loses what the other wrote. A file that does not exist is an empty lock.
 *
 * What killed processes left beside the file is removed. `change` should be quick, with all images resolved before; it may be asked again.
 *
 * @param patience how long to wait for other processes, in milliseconds
 * @throws LockError `unreadable`, `invalid-lock`; WriteError `busy`, `unwritable`; the old file is whole
 */
export async function updateLock(file: string, change: (newest: Lock) => Lock, patience = 60_000): Promise<UpdatedLock> {
  for (;;) {
    const turn = await takeTurn(file, patience);
    try {
      const old = textOf(file);
      const before = old === undefined ? emptyLock : parseLock(old, file);
      const after = change(before);
      const text = provenText(after, file);
      const changed = old !== text;
      if (!changed || replaceWhole(file, text, turn.isHeld)) return { before, after, changed };
    } finally {
      turn.release();
    }
  }
}

/** Undefined where there is no such file. A link that leads nowhere is one, and replacing it is refused later. */
function textOf(file: string): string | undefined {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats === undefined || stats.isSymbolicLink() ? undefined : readLockText(file);
}
