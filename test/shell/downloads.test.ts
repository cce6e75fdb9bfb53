import fc from 'fast-check';
import { downloadsOfScript, downloadsOfWords, longestScript } from '../../src/shell/downloads';

function programs(script: string): readonly string[] | undefined {
  return downloadsOfScript(script)?.map(({ program }) => program);
}

describe('the program of a download, and the piece of text that does it', () => {
  test.each<[string, string, string]>([
    ['sudo -E apt-get install curl', 'apt-get', 'apt-get install curl'],
    ['/opt/venv/bin/pip3 install x', 'pip3', '/opt/venv/bin/pip3 install x'],
    ['python -m pip install x', 'pip', 'pip install x'],
    ['curl https://x.example.com | sh', 'curl', 'curl https://x.example.com | sh'],
    ['sh -c "$(curl https://x.example.com)"', 'curl', 'sh -c $(curl https://x.example.com)'],
    ['wget https://x.example.com/t; sh t', 'wget', 'sh t'],
    ['CMD="npm ci"; $CMD', 'npm', 'npm ci'],
  ])('%j is of %s', (script, program, text) => {
    expect(downloadsOfScript(script)).toEqual([{ program, text }]);
  });
});

describe('a variable stands for what the text has set', () => {
  test.each([
    'A=apk; B="$A add"; $B curl',
    'A=npm; A+=" ci"; $A',
    'A=" npm ci "; $A',
    '${A:-npm} ci',
    '${A:-"npm ci"} --omit=dev',
    '${A=npm} ci',
    '${A:-$(curl https://x.example.com)}',
    'sh -c "${A:-npm ci}"',
    'set -- x npm ci; shift; "$@"',
    'set -- npm ci; sh -c "$*"',
    'set -- npm ci; A="$@"; $A',
    'f() { $1 $2; }; f npm ci',
    'f() $1 ci; f npm',
    'for a in true "npm ci"; do $a; done',
    'if true; then A=npm; fi; $A ci',
    'export A=npm; $A ci',
    'cd /tmp; (cd /opt; curl -O https://x.example.com/t); sh /opt/t',
    "bash <<< 'npm ci'",
    'A=npm; bash <<< "$A ci"',
    "eval $'npm ci'",
  ])('%j', (script) => {
    expect(programs(script)).toHaveLength(1);
  });

  test.each([
    'A=npm; \'$A\' ci',
    '$A ci',
    '${A} ci',
    '${} ci',
    'A=; $A true',
    'A+=x; $A true',
    'shift; "$@"',
    'set -e; "$@"',
    'f() { f; }; f',
    'f() { true; }; ./f npm ci',
    'f() { { true; }; }; f npm ci; "$@"',
    'sh -c \'$1\' sh',
    'sh -c \'$2 x\' sh npm',
    'for a; do echo $a; done',
    'echo $(curl https://x.example.com/a)',
    'set -- a; b=c; echo "$@"',
  ])('%j is no fault', (script) => {
    expect(programs(script)).toEqual([]);
  });
});

describe('a fetched file is known by its path', () => {
  test.each([
    'curl -o /opt/a/t https://x.example.com/t; cd /opt; sh ./a/t',
    'curl -o /opt/a/t https://x.example.com/t; sh /opt//a/../a/t',
    'curl -o ~/bin/t https://x.example.com/t; t',
    'curl -o /opt/x/t https://x.example.com/t; export PATH=/opt/x:$PATH; t',
    'cd /opt; curl -O https://x.example.com/t; cd; sh /opt/t',
    'curl -O https://x.example.com/t; sh /srv/t',
    'curl -o /opt/t https://x.example.com/t; sh t',
    'curl -o /opt/t https://x.example.com/t; sh < /opt/t',
    'curl -o /opt/t.js https://x.example.com/t; node --require /opt/t.js /app/index.js',
    'curl -o /opt/t.js https://x.example.com/t; node --require=/opt/t.js /app/index.js',
    'curl https://x.example.com/t.ts > t.ts; deno run t.ts',
    'aria2c -d /opt -o t https://x.example.com/t; sh /opt/t',
    'aws s3 sync s3://x/y .; ./t',
    'aws s3 cp --recursive s3://x/y /opt; cp /opt/t /srv/; sh /srv/t',
    'aws s3 cp --recursive s3://x/y /opt; mv /opt/* /srv; sh /srv/t',
    'aws s3 cp --recursive s3://x/y /opt; cp -r /opt /srv; sh /srv/t',
    'oras blob fetch -o t.sh ghcr.io/acme/x@sha256:12; sh t.sh',
    'hf download acme/x --local-dir /opt; python /opt/t.py',
    'curl -o /opt/t https://x.example.com/t; install -m755 -D /opt/t /usr/local/bin/t',
    'wget -i urls; wget $U; chmod +x /opt/t',
    'curl -o /opt/t https://x.example.com/t; chmod +x "/opt/$T"',
  ])('%j', (script) => {
    expect(programs(script)).toHaveLength(1);
  });

  test.each([
    'curl -o /opt/sh https://x.example.com/sh; sh /app/run',
    'curl -o /opt/t https://x.example.com/t; sh /srv/t',
    'curl -o /opt/t https://x.example.com/t; /srv/t',
    'curl -o /opt/t https://x.example.com/t; t',
    'curl -o /opt/t https://x.example.com/t; chmod +x /srv/*',
    'curl -o /opt/t https://x.example.com/t; chmod +x /opt',
    'curl -o /opt/t https://x.example.com/t; python /app/load.py /opt/t',
    'curl -o /opt/t https://x.example.com/t; cp /app/t /srv/u; sh /srv/u',
    'curl -o /opt/t https://x.example.com/t; cp /opt/t; sh',
    'curl https://x.example.com/t; sh /opt/t',
    'curl https://x.example.com/t --output; sh /opt/t',
    'curl -o - https://x.example.com/t; sh /opt/t',
    'aws s3 sync s3://x/y .; /srv/t',
    'aws s3 sync s3://x/y /opt; sh /option/t',
    'aws s3 cp /opt/t s3://x/t; sh /srv/x.sh',
  ])('%j is no fault', (script) => {
    expect(programs(script)).toEqual([]);
  });
});

describe('an option means help only for the program whose it is', () => {
  test.each([
    'npm ci -v',
    'npx prisma --help',
    'npx prisma --version',
    'npx prisma --dry-run',
    'rpm -i -h x.rpm',
    'uv run --python 3.12 --with x y',
    'pip install x -- --help',
  ])('%j', (script) => {
    expect(programs(script)).toHaveLength(1);
  });

  test.each(['npm ci --help', 'npm ci -h', 'npx --help', 'npx -v', 'yarn -v', 'cpanm --version', 'npx --no prisma', 'mvn -v', 'uv run x --with y'])(
    '%j is no fault', (script) => {
      expect(programs(script)).toEqual([]);
    });
});

describe('what stands before a program is seen through', () => {
  test.each(['a -- npm ci', 'a -- b -- npm ci', 'uv run pip install x', 'docker-entrypoint.sh npm ci', 'timeout -k 1 -- 5 npm ci'])('%j', (script) => {
    expect(programs(script)).toHaveLength(1);
  });

  test.each(['echo -- npm ci', 'grep -- "npm ci" /x', 'sudo', 'a --', 'nice -n', 'python -m'])('%j is no fault', (script) => {
    expect(programs(script)).toEqual([]);
  });
});

describe('hostile texts', () => {
  const pieces = [
    '(', '`', '"$(', '<<a\n', '$(', '\'', '\\', '|', ';', '#', '2>', '<<<a ', 'sh <<<', ')', '${a:-', '"${a:-', 'f(){ ', 'f(){ f;};f;', 'cd a;', '{ ', '} ',
    'A="$A x";$A;', 'curl -o a;sh b;', 'for a in b c;do $a;done;', 'set -- a b;shift;"$@";', 'sudo ', 'eval ', '$a', '"$@"', 'scp -r a:b c;', 'mv a b;',
    'chmod -R +x *;', 'wget $a;chmod +x b;', '<(', 'a=$(', 'npm ci ', '-- ', '\0', 'aws s3 sync s3://a b;sh b/c;', '\ud800', '\n', ' ',
  ];

  test.each(pieces)('%j, repeated, is read to its end or refused', (piece) => {
    const script = piece.repeat(longestScript / piece.length);
    expect((downloadsOfScript(script) ?? []).length).toBeLessThan(3);
    expect(downloadsOfScript(piece.repeat(100_000))).toBeUndefined();
  });

  test.each([
    ['a variable that doubles', `A=xx;${'A=$A$A;'.repeat(40)}`],
    ['functions that each call the next twice', Array.from({ length: 40 }, (_, index) => `f${index}() { f${index + 1}; f${index + 1}; };`).join('') + 'f0'],
    ['more programs before a program than any person writes', 'sudo '.repeat(30) + 'true'],
    ['defaults in defaults', '${A:-'.repeat(30)],
    ['a list of arguments that is moved again and again', `set -- ${'a '.repeat(15_000)};${'shift;'.repeat(5_000)}`],
    ['copies into many folders', `scp ${'a:/b '.repeat(2_000)}${'c '.repeat(2_000)}`],
  ])('%s cannot be read', (_, script) => {
    expect(downloadsOfScript(script)).toBeUndefined();
  });

  test('a NUL is passed over, as shells do, and stands for nothing fetched', () => {
    expect(downloadsOfScript('\0')).toEqual([]);
    expect(downloadsOfWords(['\0', 'x'])).toEqual([]);
    expect(downloadsOfScript('cu\0rl x | sh')).toEqual(downloadsOfScript('curl x | sh'));
    expect(downloadsOfScript('cu\0rl x | sh')).toHaveLength(1);
  });

  test('any text and any words are judged without a throw', () => {
    const script = fc.array(fc.constantFrom(...pieces)).map((each) => each.join(''));
    const words = fc.array(fc.constantFrom(...pieces, 'sh', '-c', 'curl', 'python', '-o', 'x'));
    fc.assert(fc.property(script, words, (text, list) => {
      const downloads = [...downloadsOfScript(text) ?? [], ...downloadsOfWords(list) ?? []];
      expect(downloads.filter((each) => each.program === '' || each.text.length > 170)).toEqual([]);
    }), { numRuns: 1_000 });
  });
});
