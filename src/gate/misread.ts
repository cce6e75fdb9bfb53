import { Yaml } from 'cdk8s';
import { quoted } from '../text/text';
import { readNumber } from '../yaml/number';

/** Only white space, or lines of which the first is indented: all other texts with white space cdk8s writes as they are read. */
const oddSpace = /^\s+$|^\s[^]*\n|\n\s/;
const likeNumber = /^[-+._]*\d|^[-+]+_/;
/** cdk8s writes them as they are, and Kubernetes takes them nowhere in a file; half a pair it writes as an escape that is none. */
const refused = /[\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** A block text whose first line with characters begins with a tab, which Kubernetes takes for wrong indentation. */
const tabFirst = /^(?:text:|\?) [|>][-+]?\n(?: *\n)* *\t/;

/**
 * What Kubernetes reads where cdk8s writes this text, as a value or as a key, if that is another thing; `undefined` if it is the text.
 * Both are asked: cdk8s to write it, and our reader, which is held against that of Kubernetes.
 */
export function misreadAs(text: string, isKey: boolean): string | undefined {
  if (refused.test(text)) return 'nothing: it refuses the file';
  const isDoubtful = oddSpace.test(text) || (likeNumber.test(text) && (/\s/.test(text) || readNumber(text) !== undefined));
  if (!isDoubtful) return undefined;
  const written = Yaml.stringify(isKey ? { [text]: 0 } : { text });
  if (tabFirst.test(written)) return 'nothing: it refuses the file';
  // Our reader does not take a byte order mark, and no number has one.
  if (text.includes('\ufeff')) return undefined;
  // Loaded when the first such text is met: reading YAML takes longer to load than the gate.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseYaml } = require('../yaml/parse') as typeof import('../yaml/parse');
  let read: unknown;
  try {
    read = parseYaml(written).value;
  } catch {
    return 'nothing: it refuses the file';
  }
  const [[key, value]] = Object.entries(read as object) as [string, unknown][];
  const found = isKey ? key : value;
  return found === text ? undefined : typeof found === 'string' ? quoted(found) : JSON.stringify(found);
}
