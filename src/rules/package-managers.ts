/** How a program is told to fetch or install software. */
interface PackageManager {
  /** The subcommands that do. */
  readonly commands?: readonly string[];
  /** Words that stand before the subcommand, such as `pip` in `uv pip install`. */
  readonly groups?: readonly string[];
  /** The options that do, where the program has options in place of subcommands. */
  readonly options?: RegExp;
  /** `true` where the program does so when it is called without any argument but options. */
  readonly bare?: boolean;
  /** `true` where the program does nothing else. */
  readonly always?: boolean;
}

const apt = { commands: ['install', 'reinstall', 'update', 'upgrade', 'full-upgrade', 'dist-upgrade', 'build-dep', 'download', 'source'] };
const yum = {
  commands: ['install', 'reinstall', 'localinstall', 'groupinstall', 'update', 'upgrade', 'distro-sync', 'makecache', 'download', 'in'],
  groups: ['group', 'module'],
};
const pip = { commands: ['install', 'download', 'wheel'] };
const npm = {
  commands: [
    'install', 'i', 'in', 'add', 'ci', 'clean-install', 'install-clean', 'install-test', 'it', 'cit', 'install-ci-test',
    'update', 'up', 'upgrade', 'exec', 'x', 'dlx', 'create', 'init',
  ],
  groups: ['global'],
};
const withoutExec = npm.commands.filter((command) => command !== 'exec');
const conda = { commands: ['install', 'create', 'update', 'upgrade'], groups: ['env'] };
const cmdlet = { always: true };
const plugin = { commands: ['install', 'update'] };
const terraform = { commands: ['init', 'get'] };

const managers: ReadonlyMap<string, PackageManager> = new Map(Object.entries({
  // Of operating systems.
  'apt': apt,
  'apt-get': apt,
  'aptitude': apt,
  'apk': { commands: ['add', 'update', 'upgrade', 'fetch', 'fix'] },
  'yum': yum,
  'dnf': yum,
  'dnf5': yum,
  'microdnf': yum,
  'tdnf': yum,
  'zypper': { commands: ['install', 'in', 'update', 'up', 'patch', 'dup', 'dist-upgrade', 'refresh', 'ref', 'source-install', 'si'] },
  'pacman': { options: /^(?:-[A-Za-z]*[SU][A-Za-z]*|--sync|--upgrade)$/ },
  'dpkg': { options: /^(?:-i|--install|--unpack)$/ },
  'rpm': { options: /^(?:-[iUF][A-Za-z]*|--install|--upgrade|--freshen)$/ },
  'opkg': { commands: ['install', 'update', 'upgrade'] },
  'xbps-install': { always: true },
  'emerge': { always: true },
  'snap': { commands: ['install', 'refresh'] },
  'flatpak': { commands: ['install', 'update'] },
  'brew': { commands: ['install', 'reinstall', 'upgrade', 'tap', 'update'] },
  'nix-env': { options: /^(?:-i[A-Za-z]*|-u|--install|--upgrade)$/ },
  'nix': { commands: ['install', 'add', 'run', 'shell', 'develop'], groups: ['profile'] },
  'choco': { commands: ['install', 'upgrade'] },
  'chocolatey': { commands: ['install', 'upgrade'] },
  'winget': { commands: ['install', 'upgrade'] },
  'scoop': { commands: ['install', 'update'] },
  'install-module': cmdlet,
  'install-package': cmdlet,
  'install-script': cmdlet,
  'install-psresource': cmdlet,
  'install-windowsfeature': cmdlet,
  'save-module': cmdlet,
  'update-module': cmdlet,
  // Of languages.
  'pip': pip,
  'pipx': { commands: ['install', 'run', 'upgrade', 'inject', 'install-all', 'upgrade-all'] },
  'uv': { commands: ['install', 'sync', 'add'], groups: ['pip', 'tool', 'python'] },
  'uvx': { always: true },
  'easy_install': { always: true },
  'pipenv': { commands: ['install', 'sync', 'update', 'upgrade'] },
  'poetry': { commands: ['install', 'add', 'update', 'sync'], groups: ['self'] },
  'pdm': { commands: ['install', 'add', 'sync', 'update'] },
  'conda': conda,
  'mamba': conda,
  'micromamba': conda,
  'npm': npm,
  'npx': { always: true },
  'bunx': { always: true },
  // Their `exec` runs what is there already, unlike that of npm.
  'yarn': { ...npm, commands: withoutExec, bare: true },
  'pnpm': { ...npm, commands: withoutExec },
  'bun': { commands: ['install', 'i', 'add', 'update', 'x', 'create'] },
  'deno': { commands: ['install', 'add'] },
  'corepack': { commands: ['install', 'prepare', 'use', 'up'] },
  'bower': { commands: ['install', 'update'] },
  'gem': { commands: ['install', 'update', 'fetch'] },
  'bundle': { commands: ['install', 'update', 'add'], bare: true },
  'bundler': { commands: ['install', 'update', 'add'], bare: true },
  'cargo': { commands: ['install', 'binstall', 'fetch', 'add', 'update'] },
  'rustup': { commands: ['install', 'update', 'add'], groups: ['toolchain', 'component', 'target'] },
  'go': { commands: ['install', 'get', 'download'], groups: ['mod'] },
  'composer': { commands: ['install', 'i', 'update', 'upgrade', 'u', 'require', 'create-project'], groups: ['global'] },
  'pecl': { commands: ['install', 'upgrade'] },
  'pear': { commands: ['install', 'upgrade'] },
  'dotnet': { commands: ['install', 'update', 'restore'], groups: ['tool', 'workload'] },
  'nuget': { commands: ['install', 'restore', 'update'] },
  'luarocks': { commands: ['install', 'build', 'download'] },
  'cpan': { always: true },
  'cpanm': { always: true },
  'opam': { commands: ['install', 'update', 'upgrade'] },
  'cabal': { commands: ['install', 'update', 'get'] },
  'mix': { commands: ['deps.get', 'local.hex', 'local.rebar', 'archive.install', 'escript.install'] },
  'nvm': { commands: ['install'] },
  'asdf': { commands: ['install', 'add'], groups: ['plugin'] },
  'sdk': { commands: ['install', 'upgrade'] },
  // Of plugins and charts, and of source code.
  'ansible-galaxy': { commands: ['install', 'download'], groups: ['collection', 'role'] },
  'grafana-cli': { commands: ['install', 'update', 'update-all'], groups: ['plugins'] },
  'grafana': { commands: ['install', 'update', 'update-all'], groups: ['cli', 'plugins'] },
  'elasticsearch-plugin': plugin,
  'opensearch-plugin': plugin,
  'logstash-plugin': plugin,
  'kibana-plugin': plugin,
  'confluent-hub': plugin,
  'wp': { ...plugin, groups: ['plugin', 'theme'] },
  'jenkins-plugin-cli': { always: true },
  'terraform': terraform,
  'tofu': terraform,
  'playwright': { commands: ['install'] },
  'helm': { commands: ['pull', 'fetch', 'add', 'update', 'build'], groups: ['repo', 'plugin', 'dependency', 'dep'] },
  'git': { commands: ['clone', 'pull', 'fetch', 'submodule'] },
  'hg': { commands: ['clone', 'pull'] },
  'svn': { commands: ['checkout', 'co', 'export'] },
} satisfies Record<string, PackageManager>));

/** Subcommands that make what follows an argument of something else: `npm run install` runs a script of that name. */
const elsewhere: ReadonlySet<string> = new Set(['run', 'run-script', 'start', 'test', 'exec', 'help', 'list', 'ls', 'show', 'search', 'info']);

/** Options with which nothing is fetched. */
const harmless: ReadonlySet<string> = new Set(['--version', '-v', '-V', '--help', '-h', '--no-install', '--offline', '--dry-run']);

/** `true` where a program, called in this way, fetches or installs software. `name` is a file name in lower case. */
export function installsSoftware(name: string, args: readonly string[]): boolean {
  if (/^python[\d.]*$|^py$/.test(name)) {
    const module = args.findIndex((arg) => !arg.startsWith('-') || arg === '-m');
    if (args[module] !== '-m') return false;
    const [program = '', ...rest] = args.slice(module + 1);
    return program === 'ensurepip' || managers.has(program) && installsSoftware(program, rest);
  }
  if (name === 'kubectl' && args.some((arg, index) => isRemoteFile(arg, args[index - 1]))) return true;
  if (name === 'helm' && args[0] === 'plugin' && args[1] === 'install') return true;
  if (name === 'go' && args[0] === 'run' && args.slice(1).find((arg) => !arg.startsWith('-'))?.includes('@')) return true;
  if (/^r(?:script)?$/.test(name) && args.some((arg) => /\binstall(?:\.packages|_[a-z]+)\(/.test(arg))) return true;
  if (name === 'helm' && args.some((arg) => arg === '--repo' || /^(?:--repo=|https?:|oci:)/.test(arg))) return true;
  const manager = managers.get(/^pip[\d.]+$/.test(name) ? 'pip' : name);
  if (manager === undefined || args.some((arg) => harmless.has(arg))) return false;
  if (manager.always === true) return true;
  if (manager.options !== undefined) return args.some((arg) => manager.options!.test(arg));
  return hasCommand(args, manager);
}

/** `kubectl apply -f https://…`, and a kustomization that is fetched. */
function isRemoteFile(arg: string, before: string | undefined): boolean {
  if (/^(?:-[fk]|--filename|--kustomize)=?(?:https?:|github\.com\/)/.test(arg)) return true;
  return /^(?:https?:|github\.com\/)/.test(arg) && before !== undefined && /^(?:-[fk]|--filename|--kustomize)$/.test(before);
}

function hasCommand(args: readonly string[], manager: PackageManager): boolean {
  let isOptionValue = false;
  let isBare = true;
  for (const arg of args) {
    if (arg.startsWith('-')) {
      isOptionValue = !arg.includes('=');
      continue;
    }
    isBare = false;
    if (manager.commands?.includes(arg) === true) return true;
    if (elsewhere.has(arg)) return false;
    // `npm --prefix /app install`: a word after an option may belong to it.
    if (!isOptionValue && manager.groups?.includes(arg) !== true) return false;
    isOptionValue = false;
  }
  return isBare && manager.bare === true;
}
