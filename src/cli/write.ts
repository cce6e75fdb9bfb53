import { UsageError } from './io';
import { reasonOf } from '../files/read';
import { writeWhole } from '../files/write-whole';
import { printable } from '../text/printable';

/** Writes a file that the command line names, whole or not at all. @throws UsageError */
export function writeNamed(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw new UsageError(`${printable(path)}: cannot be written: ${reasonOf(error instanceof Error ? error.cause : error)}`);
  }
}
