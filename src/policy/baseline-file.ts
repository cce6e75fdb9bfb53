import { parseBaseline } from './baseline';
import { BaselineEntry } from './baseline-entry';
import { PolicyError } from './error';
import { readText } from '../files/read';

/** Room for hundreds of thousands of lines, more than one app has findings. */
const largest = 64 * 1024 * 1024;

/** @throws PolicyError `invalid-baseline`, naming the file and the line */
export function readBaseline(file: string): readonly BaselineEntry[] {
  const read = readText(file, largest, ', which no baseline is');
  if ('text' in read) return parseBaseline(read.text, file);
  const { line, message } = read.error;
  throw new PolicyError('invalid-baseline', `${line === undefined ? file : `${file}:${line}`}: ${message}`);
}
