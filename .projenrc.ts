import { javascript, JsonFile, typescript } from 'projen';

const project = new typescript.TypeScriptProject({
  name: 'cdk8s-hardened',
  description: 'cdk8s workloads that are hardened by default, and a gate that refuses at synth what is not',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-hardened authors',
  keywords: ['cdk8s', 'kubernetes', 'security', 'pod-security-standards', 'policy', 'container', 'digest', 'typescript'],
  entrypoint: 'lib/index.js',
  entrypointTypes: 'lib/index.d.ts',
  bin: { 'cdk8s-hardened': 'bin/cdk8s-hardened' },
  projenrcTs: true,
  sampleCode: false,
  github: false,
  depsUpgrade: false,
  release: false,
  npmignoreEnabled: true,

  peerDeps: ['cdk8s@^2.70.0', 'constructs@^10.4.0', 'cdk8s-plus-28@^2.5.6'],
  peerDependencyOptions: { pinnedDevDependency: false },
  deps: ['js-yaml@^5.5.0', 'picocolors@^1.1.1', 'commander@^14.0.0'],
  devDeps: [
    'cdk8s@2.70.106',
    'cdk8s-cli@2.207.60',
    'cdk8s-plus-28@2.5.6',
    'cdk8s-plus-33@2.5.57',
    'constructs@10.8.1',
    'ajv@^8',
    'axe-core@^4',
    'saxes@^6',
    'fast-check@^4',
    'jest@^30',
    'ts-jest@^29',
    '@types/jest@^30',
    'ts-node@^10',
  ],
  typescriptVersion: '~5.9.0',

  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      module: 'Node16',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      noImplicitOverride: true,
      // The source of a stack frame in an error is worth more to a reader of node_modules than a smaller package.
      sourceMap: false,
      inlineSourceMap: false,
      inlineSources: false,
    },
  },

  jest: false,
  disableTsconfigDev: true,

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'benchmark', 'scripts'],
    prettier: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
  },
  gitignore: ['/dist/', '/examples/**/dist/', '.DS_Store'],
});

new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.dev.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
  compilerOptions: { rootDir: '.', noEmit: true, skipLibCheck: true, isolatedModules: true, sourceMap: true, inlineSources: true },
  include: ['.projenrc.ts', 'src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'benchmark/**/*.ts', 'scripts/**/*.ts'],
});
// The house, floor by floor: a room may import only from the floors below its own. docs/architecture.md draws it.
const floors: readonly (readonly string[])[] = [
  ['text'],
  ['shape', 'files', 'tar'],
  ['image', 'yaml', 'shell'],
  ['manifest', 'oci'],
  ['registry', 'layout', 'layers', 'rules'],
  ['policy', 'lock'],
  ['pin', 'resolve', 'report'],
  ['judge'],
  ['gate'],
  ['workloads', 'plugin', 'jest', 'cli'],
];
const rooms = floors.flat();
/**
 * How much of a room the tests cover, `[lines, branches]` in per cent, where it is not all. Whole numbers below what they cover today, so
 * that it cannot fall. A file of types alone is never loaded, and counts as not covered.
 */
const partlyCovered: Readonly<Record<string, readonly [number, number]>> = {
  files: [98, 92],
  tar: [99, 98],
  shape: [99, 97],
  yaml: [99, 98],
  oci: [92, 96],
  registry: [99, 94],
  layout: [96, 96],
  layers: [100, 96],
  lock: [99, 98],
  resolve: [99, 95],
  report: [100, 99],
  judge: [100, 96],
  workloads: [81, 97],
  plugin: [76, 94],
  cli: [95, 94],
};
/** What the two tiers of tests have in common. */
const tier = (displayName: string, more: object) => ({
  displayName,
  // The types are checked once, by tsc: see `scripts/side-by-side.js`.
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
  testEnvironment: 'node',
  // cdk8s makes a folder for each app, and leaves it there.
  globalTeardown: '<rootDir>/test/support/temporary-teardown.ts',
  ...more,
});
new JsonFile(project, 'jest.config.json', {
  obj: {
    projects: [
      tier('unit', {
        testMatch: ['<rootDir>/test/**/*.test.ts'],
        testPathIgnorePatterns: ['/node_modules/', '\\.journey\\.test\\.ts$'],
        globalSetup: '<rootDir>/test/support/temporary-setup.ts',
      }),
      // What starts processes, or needs the package built, or other programs.
      tier('journey', { testMatch: ['<rootDir>/test/**/*.journey.test.ts'], globalSetup: '<rootDir>/test/support/journey-setup.ts' }),
    ],
    // By itself jest leaves a core idle, which on a machine with two is half of it.
    maxWorkers: '100%',
    reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
    collectCoverageFrom: ['src/**/*.ts'],
    coverageProvider: 'v8',
    coverageReporters: ['text-summary', 'lcovonly'],
    // Judged over both tiers: see the task `test:all`.
    coverageThreshold: Object.fromEntries(rooms.map((room) => {
      const [lines, branches] = partlyCovered[room] ?? [100, 100];
      return [`./src/${room}/`, { lines, branches }];
    })),
    // Against what hangs: a busy machine takes ten times as long as an idle one.
    testTimeout: 120_000,
  },
});

const eslintrc = project.tryFindObjectFile('.eslintrc.json');
eslintrc?.addDeletionOverride('parserOptions.projectService');
eslintrc?.addOverride('parserOptions.project', './tsconfig.dev.json');

const below = (room: string) => floors.slice(0, floors.findIndex((floor) => floor.includes(room))).flat();

project.eslint?.addRules({
  'max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  '@stylistic/max-len': ['off'],
  'import/no-restricted-paths': ['error', {
    zones: rooms.map((room) => ({
      target: `./src/${room}`,
      from: './src',
      except: [room, ...below(room)].map((name) => `./${name}`),
      message: `the room ${room} may import only from the floors below it: ${below(room).join(', ') || 'nothing'}`,
    })),
  }],
});
project.eslint?.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    // The engine puts each argument on the stack, which has an end: a list of what others wrote is entered one by one.
    'no-restricted-syntax': ['error', {
      selector: 'CallExpression[callee.property.name=/^(push|unshift|splice|concat|max|min|fromCharCode|fromCodePoint|of|call)$/] > SpreadElement, '
        + 'CallExpression[callee.property.name="apply"][callee.object.name!="Reflect"]',
      message: 'arguments spread from a list overflow the stack from about 100,000 on; use a loop, or spread into a new list',
    }],
  },
});
// What only some rooms may import.
const reserved: readonly { readonly modules: readonly string[]; readonly rooms: readonly string[] }[] = [
  { modules: ['cdk8s', 'constructs'], rooms: ['gate', 'workloads', 'jest'] },
  { modules: ['cdk8s-plus-28'], rooms: ['workloads'] },
  { modules: ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns'].flatMap((name) => [name, `node:${name}`]), rooms: ['registry'] },
];
for (const room of rooms) {
  const paths = reserved.filter((each) => !each.rooms.includes(room))
    .flatMap(({ modules, rooms: allowed }) => modules.map((name) => ({ name, message: `only ${allowed.join(', ')} may import it` })));
  project.eslint?.addOverride({ files: [`src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { paths }] } });
}

// 1.13.0 names optional packages that were never published, so that `npm ci` finds its own lockfile incomplete.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// What a package offers besides its main entry needs both `exports` and `typesVersions`:
// the tsconfig of `cdk8s init` resolves modules the way Node 10 did.
const entries = { compat: 'compat', jest: 'jest/index' };
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  ...Object.fromEntries(Object.entries(entries).map(([name, file]) =>
    [`./${name}`, { types: `./lib/${file}.d.ts`, default: `./lib/${file}.js` }])),
  './schema/*': './schema/*',
  './package.json': './package.json',
});
project.package.addField('typesVersions', {
  '*': Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, [`lib/${file}.d.ts`]])),
});
project.package.addField('files', ['lib', 'bin', 'schema', 'docs', 'README.md', 'LICENSE']);

// One command per thing a developer does; README names them.
project.compileTask.reset('tsc --build tsconfig.json');
project.preCompileTask.reset();
project.testTask.reset('node scripts/side-by-side.js jest --selectProjects unit --ci', { receiveArgs: true });
project.addTask('test:journey', {
  description: 'run the tests that take long: what needs the package built, other processes or other programs',
  exec: 'jest --selectProjects journey --ci',
  receiveArgs: true,
});
project.addTask('test:all', {
  description: 'run all tests, and see that no room is covered less than it was',
  exec: 'node scripts/side-by-side.js jest --ci --coverage',
  receiveArgs: true,
});
project.addTask('docs', { description: 'write docs/rules.md and the rule table of the README', exec: 'ts-node -T -P tsconfig.dev.json scripts/docs.ts' });
project.addTask('example', { description: 'synthesize examples/shop and show the verdict', exec: 'ts-node -T -P tsconfig.dev.json examples/shop/main.ts' });
project.addTask('benchmark', { description: 'measure; prints ratios of medians taken in one run', exec: 'ts-node -T -P tsconfig.dev.json benchmark/run.ts', receiveArgs: true });

project.synth();
