import fc from 'fast-check';
import { ShellCommand, written } from '../../src/shell/command';
import { readShell } from '../../src/shell/read';

/** A short form: the words of each command, and those of the commands in it. */
function words(commands: readonly ShellCommand[] | undefined): unknown {
  return commands?.map((command) => {
    const inside = [...command.words.flat().flatMap((part) => typeof part === 'object' && 'commands' in part ? part.commands : []), ...command.nested];
    const own = command.words.map(written);
    return inside.length === 0 ? own : [own, words(inside)];
  });
}

describe('words', () => {
  test.each<[string, unknown]>([
    ['a b\tc\r\n', [['a', 'b', 'c']]],
    ['a;b&c&&d||e|f|&g\nh', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h']]],
    ['a \'b "c\' "d \'e"', [['a', 'b "c', "d 'e"]]],
    ['a\'b\'"c"d', [['abcd']]],
    ['a "" \'\'', [['a', '', '']]],
    ['a\\ b \\"c', [['a b', '"c']]],
    ['"a\\"b\\$c\\d\\\ne"', [['a"b$c\\de']]],
    ['a\\\nb', [['ab']]],
    ['a # b\nc#d', [['a'], ['c#d']]],
    ['a$b ${c} $', [['a$b', '$c', '$']]],
    ['a$(b c)d "e$(f)g"', [[['a$()d', 'e$()g'], [['b', 'c'], ['f']]]]],
    ['a`b c`d "`e`"', [[['a$()d', '$()'], [['b', 'c'], ['e']]]]],
    ['`a \\`b\\``', [[['$()'], [[['a', '$()'], [['b']]]]]]],
    ['(a; b) c', [[['c'], [['a'], ['b']]]]],
    ['f() { a; }', [['f'], ['{', 'a'], ['}']]],
    ['x) a;; esac', [['x'], ['a'], ['esac']]],
    ['a <(b) >(c)', [[['a', '$()', '$()'], [['b'], ['c']]]]],
    ['a < b <&3 <> c', [['a']]],
    ['a |', [['a']]],
    // Texts that no shell takes are read to their end.
    ['a "b', [['a', 'b']]],
    ["a 'b", [['a', 'b']]],
    ['a "b\\', [['a', 'b\\']]],
    ['a `b', [[['a', '$()'], [['b']]]]],
    ['a $(b', [[['a', '$()'], [['b']]]]],
    ['a \\', [['a', '']]],
    ['a >', [['a']]],
  ])('%j', (text, expected) => {
    expect(words(readShell(text))).toEqual(expected);
  });
});

test.each<[string, readonly string[]]>([
  ['a > b', ['b']],
  ['a >> b >| c', ['b', 'c']],
  ['a 2> b', ['b']],
  ['a &> b', ['b']],
  ['a 2>&1', ['1']],
  ['a 2 > b', ['b']],
])('%j writes to %j', (text, outputs) => {
  expect(readShell(text)?.map((command) => command.outputs.map(written))).toEqual([outputs]);
});

test.each([
  ['a <<X\nb c\nX\nd', 'b c\n'],
  ['a <<\'X\' > y\nb\nX', 'b\n'],
  ['a <<-X\n\tb\n\tX\nd', '\tb\n'],
  ['a <<X\nb', 'b'],
  ['a <<X\n', ''],
  ['a <<X\nX\n', ''],
  ['a <<< "b c"', 'b c\n'],
  ['a <<X <<Y\nb\nX\nc\nY\n', 'b\nc\n'],
])('%j is given the text %j', (text, input) => {
  const [command] = readShell(text) ?? [];
  expect([command.words.map(written), written(command.text)]).toEqual([['a'], input]);
});

test('commands of one pipeline have one number', () => {
  const numbers = readShell('a | b |& c; d && e')?.map(({ pipeline }) => pipeline) ?? [];
  expect(new Set(numbers.slice(0, 3)).size).toBe(1);
  expect(new Set(numbers).size).toBe(3);
});

test('what nests too deeply is not read', () => {
  expect(readShell('('.repeat(20))).toBeDefined();
  expect(readShell('('.repeat(21))).toBeUndefined();
  expect(readShell('$('.repeat(19) + '`a \\`b\\``')).toBeUndefined();
});

test('any text is read', () => {
  const piece = fc.constantFrom('$(', '(', ')', '`', '"', "'", '\\', '\n', '<<', '<<<', '>', '2', '#', ' ', 'a', '|', '&', ';', '<(', '<<-');
  fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (text) => {
    readShell(text);
  }), { numRuns: 2_000 });
});
