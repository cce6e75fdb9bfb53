import { EVENT_ID, SCALAR_STYLE } from 'js-yaml';
import { invalidPolicy } from './error';
import { documentsOf, InputDocument } from '../yaml/documents';
import { countLines } from '../yaml/split';

/**
 * Reads the one document of a policy file, as Kubernetes reads YAML and JSON.
 *
 * Aliases and merge keys are refused: a policy is reviewed line by line, and what it allows must stand where it is allowed.
 *
 * @throws PolicyError `invalid-policy`, naming `where` and the line
 */
export function readPolicyYaml(text: string, where: string): unknown {
  const [first, second] = documentsOf(text, where);
  if (first === undefined) throw invalidPolicy(where, 'is empty; write {} for a policy that says nothing');
  for (const item of [first, second]) {
    if (item !== undefined && 'message' in item) throw invalidPolicy(`${where}:${item.line}`, item.message);
  }
  if (second !== undefined) {
    const { line, text: source, jsonStart = 0 } = second as InputDocument;
    throw invalidPolicy(`${where}:${line + countLines(source, 0, jsonStart)}`, 'a policy is one document, and here another one begins');
  }
  const document = first as InputDocument;
  refuseReferences(document, where);
  return document.value;
}

function refuseReferences({ written: { events, source, start }, line }: InputDocument, where: string): void {
  const placeOf = (offset: number) => `${where}:${line + countLines(source, start, offset)}`;
  for (const event of events) {
    if (event.type === EVENT_ID.ALIAS) throw invalidPolicy(placeOf(event.anchorStart), 'must not have aliases, write the value out');
    const isMergeKey = event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && source.slice(event.valueStart, event.valueEnd) === '<<';
    if (isMergeKey) throw invalidPolicy(placeOf(event.valueStart), 'must not have "<<" without quotes, a merge key; write the keys out');
  }
}
