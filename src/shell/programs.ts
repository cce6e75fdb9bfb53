import { argumentsTable, patternsTable } from './table';

/** What stands before another program: options that take a word for their value, and how many words of its own (`+1`). */
export const wrappers = argumentsTable(`
  then do else elif if while until ! { coproc nohup setsid command builtin busybox toybox dumb-init catatonit with-contenv unshare:
  call my_init newrelic-admin/run-program opentelemetry-instrument ddtrace-run fakeroot unbuffer dbus-run-session firejail catchsegv linux32 linux64:
  function gosu su-exec s6-setuidgid setuidgid setarch s6-envdir envdir chroot: +1
  exec: -a
  time: -f -o
  sudo doas: -u -g -h -p -C -r -t -T -U -D -R --user --group
  env: -u -C --unset --chdir
  nice choom: -n
  ionice chrt: -c -n -p
  stdbuf: -i -o -e
  timeout: -k -s +1
  tini: -p -e
  xargs: -I -n -P -L -d -E -s -a
  parallel: -j -a -N -S --jobs --delay --retries --joblog --results
  setpriv: --reuid --regid --groups --inh-caps --bounding-set
  flock: -w -E +1
  nsenter: -t -S -G --target
  runuser: -u -g -G --user --group
  chpst: -u -U -e -m -o -/ -n
  taskset: -p +1
  numactl: -N -m -C
  strace ltrace: -e -o -p -s -u -E
  xvfb-run: -n -s -f -e -p --server-num --server-args
  dockerize: -wait -timeout -wait-retry-interval -wait-http-header -template -stdout -stderr -poll
  envconsul: -prefix -secret -config -consul-addr -vault-addr
  nodemon watchexec: --exec -e -w -x
  poetry/run pipenv/run pdm/run hatch/run rye/run: -C -P --directory --project
  uv/run: --with --with-requirements --with-editable --python -p --project --directory --env-file --extra --group --index-url
  conda/run mamba/run micromamba/run: -n -p --name --prefix --cwd
  bundle/exec pnpm/exec yarn/exec rbenv/exec pyenv/exec asdf/exec:
  direnv/exec: +1
  pixi/run: -e --environment --manifest-path
`);

/** Programs whose words are data, also behind `--`. */
export const printers = new Set('echo printf cat grep egrep fgrep rg sed awk ls rm cp mv ln mkdir touch chmod chown tar test ['.split(' '));

export const shells = new Set('sh bash ash dash zsh ksh mksh fish rbash hush'.split(' '));
export const powerShells = new Set('powershell pwsh'.split(' '));
export const evaluators = new Set('eval source . iex invoke-expression'.split(' '));
export const unpackers = new Set('tar bsdtar unzip cpio 7z dpkg rpm kubectl oc'.split(' '));

/** What runs the file that is its first argument, with its options as above. */
export const interpreters = argumentsTable(`
  sh bash ash dash zsh ksh mksh fish rbash hush: -o -O --rcfile --init-file
  powershell pwsh: -ExecutionPolicy -File
  eval source . iex invoke-expression:
  python pypy py: -W -X
  node tsx ts-node: -r --require --import --loader -C
  perl: -I -M
  ruby: -I -r
  php: -d -c
  lua rscript julia groovy jbang spark-submit ansible-playbook:
  deno/run bun/run deno bun:
`);

/** What runs the files that these of its options name. */
export const loaders = argumentsTable(`
  java: -jar -cp -classpath --class-path -javaagent -agentpath
  node tsx ts-node: -r --require --import --loader
  php: -f
  powershell pwsh: -File
  spark-submit: --py-files --jars
`);

/** What takes the rest of its words for a script, from the word behind one of these; without any, from the first. */
export const scripted = argumentsTable(`
  eval trap watch iex invoke-expression:
  cmd: /c /C /k /K
  su runuser script sg flock: -c --command
  find: -exec -execdir -ok -okdir
  nix-shell: --run --command
  nodemon watchexec: --exec -x
  consul-template envconsul: -exec
`);

/*
 * The rows below hold patterns, divided by commas. A pattern is a list of words that stand in this order among the arguments,
 * options left out; `..` stands for any words between, `|` for a choice, and `*` at an end of a word for any text. A word that
 * begins with `-` is an option that is there, one that begins with `!-` an option that is not. `always` stands alone; `bare` is a
 * call with no word but options.
 */

/** What installs software, or fetches it to be installed. */
export const installers = patternsTable(`
  apt apt-get apt-fast aptitude: install|reinstall|update|upgrade|full-upgrade|dist-upgrade|build-dep|download|source
  apk: add|update|upgrade|fetch|fix
  yum dnf microdnf tdnf: install|reinstall|localinstall|groupinstall|update|upgrade|distro-sync|makecache|download, group|module install
  zypper: install|in|update|up|patch|dup|dist-upgrade|refresh|ref|source-install|si
  pacman: -S*, -U*, --sync, --upgrade
  dpkg rpm nix-env: -i*, -U*, -F*, -u, --install, --unpack, --upgrade, --freshen
  opkg flatpak snap brew choco chocolatey winget scoop pip pipx uv pipenv poetry pdm pixi spacy jupyter bower gem rbenv pyenv nodenv nvm fnm tfenv
    cargo rustup pecl pear asdf sdk playwright elasticsearch-plugin opensearch-plugin logstash-plugin kibana-plugin confluent-hub wp grafana-cli
    ansible-galaxy: install|reinstall|update|upgrade|refresh|add|sync|tap|download|wheel|fetch|inject|install-all|upgrade-all|binstall,
    group|pip|tool|python|self|global|toolchain|component|target|plugin|plugins|theme|collection|role install|sync|upgrade|add|update|download|update-all,
    labextension|nbextension|serverextension install
  conda mamba micromamba: install|create|update|upgrade, env create|update
  nix: add|install|run|shell|develop, profile install|add|upgrade
  npm pnpm: install|i|in|add|ci|clean-install|install-clean|install-test|it|cit|install-ci-test|update|up|upgrade
  yarn bundle bundler: bare, install|add|up|upgrade|update, global add|upgrade
  bun deno: install|i|add|update|cache
  corepack: install|prepare|use|up|enable|yarn|pnpm|npm
  rails: new
  n: lts|latest|stable
  go: install|get, mod download
  composer: install|i|update|upgrade|u|require|create-project, global install|update|require
  dotnet nuget: install|restore|update, tool|workload install|update|restore, add package
  luarocks: install|build|download
  opam cabal stack: install|update|upgrade|get|setup
  mix: deps.get|local.hex|local.rebar|archive.install|escript.install
  dart flutter: pub get|upgrade|add
  mise rtx: install|i|use|u|upgrade|up, exec|x *@*
  r rscript: .. *install.packages(*|*::install*
  mvn mvnw gradle gradlew sbt: !-o *
  emerge xbps-install pip-sync easy_install ensurepip cpan cpanm install-php-extensions docker-php-ext-install ansible-pull jenkins-plugin-cli
    install-module install-package install-script install-psresource install-windowsfeature save-module update-module: always
  grafana: plugins install|update|update-all, cli plugins install|update|update-all
  drush: dl|pm-download
  code-server code: --install-extension
  terraform tofu dapr: init|get
  helm: pull|fetch, repo add|update, dependency|dep build|update, plugin install|update, .. oci:*|https:*|http:*, --repo
  helmfile: sync|apply|deps|repos
  kubectl oc: apply|create|replace .. https:*|http:*|github.com/*, krew install|update|upgrade,
    -fhttp*, -khttp*, -kgithub.com/*, --filename=http*, --kustomize=http*, --kustomize=github.com/*
  flux: install|bootstrap
  linkerd istioctl: .. https:*
  git hg: clone|pull|fetch|submodule
  svn: checkout|co|export
`);

/** What runs code that it fetches first. What stands behind their own options belongs to the code. */
export const runners = patternsTable(`
  npx pnpx bunx uvx: !--no *
  npm: exec|x|create|init !--no
  pnpm: dlx|create
  yarn: dlx|create
  bun: x|create, run https:*|http:*
  deno: run|serve|x https:*|http:*|npm:*|jsr:*, https:*|http:*
  uv: tool run, run --with, run --with-requirements, run --with-editable, run https:*|http:*
  pipx: run
  pixi: exec
  nix-shell: -p, --packages, https:*
  go: run *@*
  dart: pub global run
  jbang: https:*|http:*|*@*
  k6: run https:*|http:*|github.com/*
  spark-submit: https:*|http:*|s3:*|s3a:*|gs:*, --packages
`);

/**
 * What brings data from elsewhere, and behind `->` which file it writes. `file=` names options that tell the file, `folder=` those
 * that tell the folder; `name` is the end of the address, `name=` the same with an option; `last` is the last word, a file or a
 * folder; `tree` is a folder of names that are not told.
 */
export const fetchers = patternsTable(`
  curl: always -> file=-o,--output folder=--output-dir name=-O,--remote-name,--remote-name-all
  wget: always -> file=-O,--output-document folder=-P,--directory-prefix name
  aria2c: always -> file=-o,--out folder=-d,--dir name
  axel: always -> file=-o,--output name
  http https xh: always -> file=-o,--output
  lynx ftp tftp fetch irm invoke-restmethod iwr invoke-webrequest start-bitstransfer .downloadstring .downloadfile: always -> file=-outfile last
  scp sftp rsync: always -> last
  aws: s3 cp|mv|sync, s3api get-object -> last
  gcloud: storage cp|mv|rsync|cat, artifacts generic|files download -> last folder=--destination
  az: storage .. download|download-batch -> file=-f,--file,--dest folder=-d,--destination
  gsutil mc mcli azcopy s3cmd s5cmd rclone ossutil obsutil coscli b2:
    cp|mv|copy|sync|rsync|mirror|cat|get|copyto|move|copyurl|download-file|download -> last
  kubectl oc docker podman nerdctl skopeo: cp|copy -> last
  crane: export|pull|blob -> last
  jf jfrog: rt dl|download -> last
  oras: pull, blob|manifest fetch -> tree folder=-o,--output
  gh glab: release download -> file=-O,--output folder=-D,--dir tree
  oci: os object get|bulk-download -> file=--file folder=--download-dir,--dest-dir
  huggingface-cli hf: download -> folder=--local-dir last
  dvc: pull|get -> tree folder=-o,--out
`);
