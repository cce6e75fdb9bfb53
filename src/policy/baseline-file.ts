import { readFileSync } from 'node:fs';
import { parseBaseline } from './baseline';
import { BaselineEntry } from './baseline-entry';
import { PolicyError } from './error';

/** @throws PolicyError `invalid-baseline`, naming the file and the line */
export function readBaseline(file: string): readonly BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PolicyError('invalid-baseline', `${file}: cannot be read: ${(error as Error).message}`);
  }
  return parseBaseline(text, file);
}
