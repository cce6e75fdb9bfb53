import { PolicyInForce } from './policy-in-force';
import { readText } from '../files/read';
import { objectsOf } from '../manifest/kubernetes';
import { judge } from '../policy/judge';
import { Ledger } from '../policy/ledger';
import { InputDocument } from '../yaml/documents';
import { excerptOf } from '../yaml/excerpt';
import { positionOf } from '../yaml/position';

/**
 * Reads a file (`-` is the standard input), judges each Kubernetes object in it, and enters what was found into the ledger; what
 * cannot be read is entered as an error, and the rest of the file is judged all the same.
 *
 * One document after the other, so that a large file costs no more memory than its text.
 *
 * @param hasExcerpts whether findings have an excerpt of the file; it costs time, so only where it is shown
 * @param name what reports call the file
 * @param isNamed whether somebody named the file, instead of a folder that it was found in
 * @returns how much was entered: documents, also those passed over, and errors; 0 for an empty file
 */
export function enterFile(
  file: string, ledger: Ledger, policy: PolicyInForce, hasExcerpts = false, name = file === '-' ? 'stdin' : file, isNamed = true,
): number {
  const read = readText(file);
  if ('error' in read) {
    ledger.enterError({ ...read.error, file: name });
    return 1;
  }
  let entered = 0;
  for (const item of objectsOf(read.text, name, isNamed)) {
    entered += 1;
    if ('message' in item) ledger.enterError(item);
    else if ('passedOver' in item) ledger.passOver(item.passedOver);
    else enterDocument(item, name, ledger, policy, hasExcerpts);
  }
  return entered;
}

function enterDocument(
  document: InputDocument, file: string, ledger: Ledger, { compiled, exemptions, leavesOut = () => false }: PolicyInForce,
  hasExcerpts: boolean,
): void {
  ledger.enterDocument(file);
  for (const judged of judge(document.value, compiled, { file, document: document.index })) {
    ledger.enterPods(judged.pods);
    ledger.enterDeclared(judged.exemptions.filter(({ note }) => !leavesOut(note.rule)));
    for (const found of judged.findings) {
      const position = positionOf(document, found.pointer);
      const excerpt = hasExcerpts && { excerpt: excerptOf(document, position) };
      ledger.enterFinding({ ...found, line: position.line, ...excerpt }, [...exemptions, ...judged.exemptions]);
    }
  }
}
