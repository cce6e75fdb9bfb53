/** One document for every reader. */
export interface Document {
  readonly name: string;
  readonly kind: 'manifest' | 'config' | 'layout';
  /** Whether an honest builder may have written it. */
  readonly isHonest: boolean;
  readonly bytes: Buffer;
}

type Members = readonly Member[];
type Member = readonly [key: string, value: Tree];
/** JSON in which a key may stand twice: a text as it is written, a list, or the members of an object. */
type Tree = string | { readonly list: readonly Tree[] } | { readonly object: Members };

const object = (...members: Members): Tree => ({ object: members });
const list = (...elements: readonly Tree[]): Tree => ({ list: elements });
const text = (value: string) => JSON.stringify(value);

function print(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  if ('list' in tree) return `[${tree.list.map(print).join(',')}]`;
  return `{${tree.object.map(([key, value]) => `${text(key)}:${print(value)}`).join(',')}}`;
}

/** Every tree that has one of its members changed in one way, at any depth. */
function* changed(tree: Tree): Generator<readonly [what: string, tree: Tree]> {
  if (typeof tree === 'string') return;
  if ('list' in tree) {
    for (const [at, element] of tree.list.entries()) {
      for (const [what, inner] of changed(element)) yield [what, list(...tree.list.map((each, index) => index === at ? inner : each))];
    }
    return;
  }
  for (const [at, member] of tree.object.entries()) {
    const instead = (members: Members): Tree => object(...tree.object.slice(0, at), ...members, ...tree.object.slice(at + 1));
    for (const [what, members] of variants(member)) yield [`${member[0]} ${what}`, instead(members)];
    for (const [what, inner] of changed(member[1])) yield [`${member[0]} / ${what}`, instead([[member[0], inner]])];
  }
}

function* variants(member: Member): Generator<readonly [what: string, members: Members]> {
  const [key, value] = member;
  const cased = key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase();
  const alike = key.replace(/s/, '\u017f').replace(/k/, '\u212a');
  yield ['in another case', [[cased, value]]];
  yield ['before another case', [member, [cased, other(value)]]];
  yield ['behind another case', [[cased, other(value)], member]];
  yield ['twice', [member, [key, other(value)]]];
  yield ['twice, last null', [member, [key, 'null']]];
  yield ['is null', [[key, 'null']]];
  yield ['left out', []];
  yield ['of another type', [[key, typeof value === 'string' ? value.startsWith('"') ? '7' : '"7"' : 'list' in value ? '{}' : '[]']]];
  if (alike !== key) yield ['before its look-alike', [member, [alike, other(value)]]];
}

/** Another value of the same type, of which Go keeps as much of the one before as it can. */
function other(tree: Tree): Tree {
  if (typeof tree === 'string') return !tree.startsWith('"') ? '3' : tree.startsWith('"sha256:') ? text(`sha256:${'b'.repeat(64)}`) : '"other"';
  if ('list' in tree) return list(...tree.list.slice(0, 1).map(other));
  return object(...tree.object.slice(-1).map(([key, value]): Member => [key, other(value)]));
}

const oci = 'application/vnd.oci.image.';
const digest = text(`sha256:${'a'.repeat(64)}`);
const pointer = (type: string, ...more: Members): Tree => object(['mediaType', text(`${oci}${type}`)], ['size', '2'], ...more, ['digest', digest]);
const platform = object(['os', '"windows"'], ['os.version', '"10.0"'], ['architecture', '"arm"'], ['variant', '"v7"']);

const manifest = object(
  ['schemaVersion', '2'], ['mediaType', text(`${oci}manifest.v1+json`)], ['config', pointer('config.v1+json')],
  ['layers', list(pointer('layer.v1.tar'))], ['annotations', object(['key', '"a"'])],
);
const index = object(
  ['schemaVersion', '2'], ['mediaType', text(`${oci}index.v1+json`)], ['manifests', list(pointer('manifest.v1+json', ['platform', platform]))],
);
const config = object(
  ['os', '"linux"'], ['architecture', '"arm"'], ['variant', '"v7"'],
  ['config', object(
    ['User', '"1000"'], ['ExposedPorts', object(['80/tcp', '{}'])], ['Volumes', object(['/key', '{}'])], ['Labels', object(['key', '"a"'])],
    ['Entrypoint', list('"/app"')], ['Cmd', list('"run"')], ['WorkingDir', '"/"'],
  )],
  ['rootfs', object(['type', '"layers"'], ['diff_ids', list(digest)])],
);
const layout = object(['imageLayoutVersion', '"1.0.0"']);

const bases: readonly (readonly [name: string, kind: Document['kind'], tree: Tree])[] = [
  ['manifest', 'manifest', manifest], ['index', 'manifest', index], ['config', 'config', config], ['layout', 'layout', layout],
];

/** What may be wrong with the whole text, whatever it says. */
function* whole(json: string): Generator<readonly [what: string, text: string | Buffer]> {
  yield ['behind a byte order mark', `\ufeff${json}`];
  yield ['before a second one', `${json}${json}`];
  yield ['before a zero byte', `${json}\0`];
  yield ['cut off', json.slice(0, -1)];
  yield ['in UTF-16', Buffer.from(json, 'utf16le')];
  yield ['in a list', `[${json}]`];
  yield ['with a comma too many', json.replace(/\}$/, ',}')];
  yield ['with a comment', json.replace('{', '{/**/')];
  yield ['in single quotes', json.replace(/"/g, '\'')];
  yield ['with half of a surrogate pair', json.replace('{', '{"annotations":{"x":"\\ud800"},')];
  yield ['with bytes that are no UTF-8', Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xff]), Buffer.from(json.replace('{', '",'))])];
  yield ['with a line break in a text', json.replace('"', '"\n')];
  yield ['nested too deep', json.replace('{', `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)},`)];
  yield ['with numbers of other forms', json.replace('{', '{"x":01,')];
}

/** The same in other words. */
function* harmless(json: string): Generator<readonly [what: string, text: string]> {
  yield ['as it is', json];
  yield ['with white space', JSON.stringify(JSON.parse(json), undefined, '\t').replace(/\n/g, '\r\n')];
  yield ['with white space around it', ` \n${json}\n\n`];
  yield ['with escapes', json.replace(/"([a-z])/g, (_all, letter: string) => `"\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)];
  yield ['with fields that nobody knows', json.replace('{', '{"x":[1.5e3,-0,{"X":null,"y":{}},"\\ud83d\\ude00"],"__proto__":{"os":"x"},')];
}

const written: readonly (readonly [name: string, kind: Document['kind'], text: string])[] = [
  ['a size with a fraction', 'manifest', print(manifest).replace('"size":2', '"size":2.0')],
  ['a size with an exponent', 'manifest', print(manifest).replace('"size":2', '"size":2e0')],
  ['a size beyond a double', 'manifest', print(manifest).replace('"size":2', '"size":9007199254740993')],
  ['a size beyond Go', 'manifest', print(manifest).replace('"size":2', '"size":9223372036854775808')],
  ['a version with a fraction', 'manifest', print(index).replace('"schemaVersion":2', '"schemaVersion":2.0')],
  ['manifests in a manifest, in another case', 'manifest', print(manifest).replace('{', `{"MANIFESTS":[${print(pointer('manifest.v1+json'))}],`)],
  ['layers in an index, in another case', 'manifest', print(index).replace('{', `{"Layers":[${print(pointer('layer.v1.tar'))}],`)],
  ['layers of schema 1, in another case', 'manifest', print(manifest).replace('{', '{"FSLayers":[],')],
  ['layers of schema 1', 'manifest', print(manifest).replace('{', '{"fsLayers":[],')],
  ['both kinds', 'manifest', print(manifest).replace('{', '{"manifests":[],')],
  ['an entrypoint that is a text', 'config', '{"os":"linux","architecture":"amd64","config":{"Entrypoint":"/app"}}'],
  ['data that is not base64', 'manifest', print(manifest).replace('"size":2', '"size":2,"data":"!"')],
  ['a date that is none', 'config', print(config).replace('{', '{"created":"yesterday",')],
  ['a health check that is a text', 'config', print(config).replace('"User"', '"Healthcheck":"x","User"')],
  ['two lists of manifests, the first longer', 'manifest', print(index).replace('"manifests"', `"manifests":[${print(pointer('x'))},${print(pointer('y'))}],"manifests"`)],
];

const honest: readonly (readonly [name: string, kind: Document['kind'], text: string])[] = [
  ['labels that differ in case', 'config', print(config).replace('"key":"a"', '"Release":"1","release":"2","relea\u017fe":"3"')],
  ['volumes that differ in case', 'config', print(config).replace('"/key":{}', '"/Data":{},"/data":{}')],
  ['annotations that differ in case', 'manifest', print(manifest).replace('"key":"a"', '"Key":"1","key":"2","\u212aey":"3"')],
  ['a config with all that Docker writes', 'config', print(config).replace('"User"', '"Hostname":"","Domainname":"","AttachStdin":false,"Tty":false,'
    + '"Env":["PATH=/bin"],"Healthcheck":{"Test":["CMD","x"],"Interval":5000000000,"Retries":3},"OnBuild":null,"Image":"","StopSignal":"SIGTERM",'
    + '"ArgsEscaped":true,"Shell":["/bin/sh","-c"],"User"').replace('{', '{"created":"2024-01-02T03:04:05.678Z","author":"A","container":"c",'
    + '"docker_version":"24.0","history":[{"created":"2024-01-02T03:04:05Z","created_by":"RUN x","empty_layer":true,"comment":"buildkit"}],')],
  ['an index with a subject', 'manifest', print(index).replace('{', `{"subject":${print(pointer('manifest.v1+json'))},"artifactType":"a/b",`)],
  ['a manifest with empty data', 'manifest', print(manifest).replace('"size":2', '"size":2,"data":"e30=","urls":["https://example.com/x"],"artifactType":"a/b"')],
  ['an empty config', 'config', '{}'],
  ['a config of nulls', 'config', '{"os":null,"config":null,"rootfs":null,"history":null}'],
];

/** All of them, always the same. */
export function documents(): readonly Document[] {
  const all = (rows: Iterable<readonly [string, Document['kind'], string | Buffer]>, isHonest: boolean) =>
    [...rows].map(([name, kind, bytes]): Document => ({ name, kind, isHonest, bytes: Buffer.from(bytes as string) }));
  return bases.flatMap(([name, kind, tree]) => [
    ...all([...harmless(print(tree))].map(([what, json]) => [`${name} ${what}`, kind, json] as const), true),
    ...all([...whole(print(tree))].map(([what, json]) => [`${name} ${what}`, kind, json] as const), false),
    ...all([...changed(tree)].map(([what, inner]) => [`${name}: ${what}`, kind, print(inner)] as const), false),
  ]).concat(all(written, false), all(honest, true));
}
