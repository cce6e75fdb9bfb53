import { corpus, spaces } from './corpus';

/** Texts to change, what is put in, and beside what. */
export interface Ground {
  readonly bases: readonly string[];
  readonly pieces: readonly string[];
  readonly places: RegExp;
}

/** What is put in: all that divides a stream for somebody, and what hides it. */
const pieces: readonly string[] = [
  ...spaces, '---', '\n---\n', '---\n', '\n---', '--- ', '--- # c\n', '---#', '\n---#c\n', '...', '\n...\n', '\n... ', '#', ' # c', '\n# c\n', '\n', '\r', '\r\n', '\r\r\n', ' ', '\t', '  ', '\ufeff',
  '{"a":1}', '{"kind":"Pod"}', '[1]', '{b: 2}', '{', '}', '[', ']', '"', "'", ',', ': ', ':', '- ', '|', '|\n', '>-\n', '%YAML 1.1\n', '\n%TAG ! x\n', '!', '&a ', '*a', '? ', 'kind: Pod\n', '\nkind: Pod\n', 'x', '5', 'null', '~', '<<: ',
];

const ofStreams: Ground = { bases: Object.values(corpus).flat().filter((text) => text.length <= 80), pieces, places: /---|\.\.\.|[\r\n{}"#]/g };

/** Streams that differ from those of a corpus around whatever divides them, from a seed: the same for the same seed. */
export function* mutations(count: number, seed: number, { bases, pieces: put, places: around } = ofStreams): Generator<string> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  for (let index = 0; index < count; index++) {
    let text = pick(bases);
    if (random() < 0.2) text += pick(['\n---\n', '', '\n']) + pick(bases);
    for (let left = 1 + Math.floor(random() * 3); left > 0; left--) text = mutate(text);
    yield text;
  }

  function mutate(text: string): string {
    const at = placeIn(text);
    const draw = random();
    if (draw < 0.65) return text.slice(0, at) + pick(put) + text.slice(at);
    if (draw < 0.85) return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 3));
    const other = pick(bases);
    return text.slice(0, at) + other.slice(placeIn(other));
  }

  /** Mostly beside a marker, a line end or a bracket. */
  function placeIn(text: string): number {
    const places = random() < 0.7 ? [...text.matchAll(around)].flatMap(({ index, 0: { length } }) => [index, index + length]) : [];
    return places.length > 0 ? pick(places) : Math.floor(random() * (text.length + 1));
  }
}

/** A small generator of random numbers with a seed (Park and Miller's). */
function seeded(seed: number): () => number {
  let state = 1 + seed % 2147483646;
  return () => (state = state * 48271 % 2147483647) / 2147483647;
}
