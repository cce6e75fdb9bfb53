import { PolicyInForce } from './policy-in-force';
import { readText } from '../files/read';
import { objectsOf } from '../manifest/kubernetes';
import { judge } from '../policy/judge';
import { VerdictBuilder } from '../policy/verdict-builder';
import { InputDocument } from '../yaml/documents';
import { excerptOf } from '../yaml/excerpt';
import { positionOf } from '../yaml/position';

/**
 * Reads a file (`-` is the standard input), judges each Kubernetes object in it, and adds what was found to the verdict. What cannot
 * be read is added as an error, and the rest of the file is judged all the same.
 *
 * One document after the other, so that a large file costs no more memory than its text.
 *
 * @param hasExcerpts whether findings have an excerpt of the file; it costs time, so only where it is shown
 * @param name what reports call the file
 * @param isNamed whether somebody named the file, instead of a folder that it was found in
 * @returns how much was added: documents, also those passed over, and errors; 0 for an empty file
 */
export function judgeFile(
  file: string, builder: VerdictBuilder, policy: PolicyInForce, hasExcerpts = false, name = file === '-' ? 'stdin' : file, isNamed = true,
): number {
  const read = readText(file);
  if ('error' in read) {
    builder.addError({ ...read.error, file: name });
    return 1;
  }
  let added = 0;
  for (const item of objectsOf(read.text, name, isNamed)) {
    added += 1;
    if ('message' in item) builder.addError(item);
    else if ('passedOver' in item) builder.addPassedOver(item.passedOver);
    else judgeDocument(item, name, builder, policy, hasExcerpts);
  }
  return added;
}

function judgeDocument(
  document: InputDocument, file: string, builder: VerdictBuilder, { compiled, exemptions, leavesOut = () => false }: PolicyInForce,
  hasExcerpts: boolean,
): void {
  builder.addDocument(file);
  for (const judged of judge(document.value, compiled, { file, document: document.index })) {
    builder.addPods(judged.pods);
    builder.addDeclared(judged.exemptions.filter(({ note }) => !leavesOut(note.rule)));
    for (const found of judged.findings) {
      const position = positionOf(document, found.pointer);
      const excerpt = hasExcerpts && { excerpt: excerptOf(document, position) };
      builder.addFinding({ ...found, line: position.line, ...excerpt }, [...exemptions, ...judged.exemptions]);
    }
  }
}
