import { corpus } from './corpus';
import { type Frozen, documentsOf } from '../streams/frozen';

const texts = Object.values(corpus).flat();
/** What is put in: what has a meaning in YAML, and what moves a line. */
const pieces = [
  ' ', '  ', '\n', '\n', '\n\n', '\n ', '\n  ', '\t', '\n\t', '\r\n', '#', ' #', ' # c\n', '# c\n', '[', ']', '{', '}', ',', ', ', ':', ': ', ':\n', '- ', '-', '? ', '?', '"', "'", '|', '|# c\n', '>-\n', '|2\n', '&a ', '*a', '!!str ', '<<: ', '\\', '\ufeff',
  '\n\ufeff', '---\n', '...\n', 'k: 1\n', 'x', '0', '[\n]', '{a: 1\n}', '"x\ny"', "'x\ny'", '\nk: [\n]\n', '%', '@', '\u00e9', '\u2028', '~',
];

/** The corpus, and mutations of it. */
export function yamlOf(from: Pick<Frozen, 'count' | 'seed'>): readonly Uint8Array[] {
  return documentsOf(from, texts, { bases: texts.filter((text) => text.length <= 80), pieces, places: /[\n\][{},:"'#|>-]/g });
}
