import { startupDownload } from '../../../src/rules/hardened/startup-download';
import { faultsOf, tweak } from '../../support/pods';

function container(fields: Record<string, unknown>): Record<string, never> {
  const entries = Object.entries(fields).map(([key, value]) => [`spec.containers.0.${key}`, value]);
  return Object.fromEntries(entries) as Record<string, never>;
}

function faults(fields: Record<string, unknown>) {
  return faultsOf(startupDownload, tweak(container(fields)));
}

function messages(fields: Record<string, unknown>): string[] {
  return faults(fields).map(({ message }) => message);
}

/** What is found in a script that a shell is given. */
function ofScript(script: string): string[] {
  return messages({ command: ['/bin/sh', '-c', script] });
}

describe('a script that fetches or installs software is refused', () => {
  test.each([
    'apt-get install -y curl',
    'apt install curl',
    'apt-get update',
    'apt-get -y -o Dpkg::Options::=--force-confold install curl',
    'DEBIAN_FRONTEND=noninteractive apt-get install -y curl',
    'sudo -E apt-get install curl',
    'sudo -u root /usr/bin/apt-get install curl',
    'exec env -u HOME A=b nice -n 5 apt-get install curl',
    'timeout -k 5 60 apt-get install curl',
    'apt-g""et install curl',
    'set -e\napt-get install curl',
    'true && apt-get install curl',
    'false || apt-get install curl',
    'if true; then apt-get install curl; fi',
    '(apt-get install curl)',
    '{ apt-get install curl; }',
    'f() { apt-get install curl; }; f',
    'function f { apt-get install curl; }',
    'case $1 in a) apt-get install curl;; esac',
    'echo `apt-get install curl`',
    'echo "done: $(apt-get install curl)"',
    'echo "`apt-get install curl`"',
    'app & apt-get install curl',
    'app |& apt-get install curl',
    'apt-get \\\n  install curl',
    'apt-get install curl > /dev/null 2>&1',
    'bash -euo pipefail -c "apt-get install curl"',
    'bash --rcfile x --norc -c -- "apt-get install curl"',
    'fish --command="apt-get install curl"',
    'busybox sh -c "apk add curl"',
    'eval "apk add curl"',
    'env -S "apk add curl"',
    'trap "apk add curl" EXIT',
    'su app -c "apk add curl"',
    'find . -name x -exec pip install {} \\;',
    'echo x | xargs -n 1 pip install',
    'echo "apk add curl" | sh',
    'cat <<EOF | sh\napk add curl\nEOF',
    'bash <<-\'EOF\'\n\tapk add curl\n\tEOF\nexec app',
    'bash <<< "apk add curl"',
    'apk add --no-cache curl',
    'apk --no-cache add curl',
    'yum group install tools',
    'pacman -Syu curl',
    'pacman --sync curl',
    'dpkg -i x.deb',
    'rpm -ivh x.rpm',
    'emerge curl',
    'pip install -r requirements.txt',
    'pip3.12 install flask',
    'python3 -m pip install flask',
    'python -I -m ensurepip',
    'uv pip install flask',
    'uv tool install ruff',
    'npm ci',
    'npm --prefix /app install',
    'npm --loglevel=error i',
    'npx prisma migrate deploy',
    'yarn',
    'yarn --frozen-lockfile',
    'pnpm dlx serve',
    'bundle',
    'go mod download',
    'dotnet tool install x',
    'helm repo add x https://charts.example.com',
    'helm upgrade --install x oci://ghcr.io/acme/x',
    'helm install x --repo https://charts.example.com y',
    'kubectl apply -f https://example.com/x.yaml',
    'kubectl apply --filename=https://example.com/x.yaml',
    'kubectl apply -k github.com/acme/x',
    'git clone https://github.com/acme/x',
    'git -C /src pull',
    'Install-Module -Name Az',
    'choco install git',
    'curl -fsSL https://get.example.com | sh',
    'curl https://get.example.com | sudo bash -s -- --yes',
    'curl https://get.example.com | bash -e',
    'curl https://x.example.com/a.py | python3 -',
    'curl https://x.example.com/a.py | python3',
    'curl https://x.example.com/a.ps1 | pwsh',
    'curl -L https://x.example.com/a.tgz | tar -xz -C /opt',
    '(curl https://x.example.com) | sh',
    'curl https://x.example.com | gunzip | sh',
    'wget -qO- https://get.example.com | sh',
    'aws s3 cp s3://acme/install.sh - | sh',
    'bash <(curl -s https://get.example.com)',
    'source <(curl -s https://get.example.com)',
    '. <(wget -qO- https://get.example.com)',
    'sh -c "$(curl -fsSL https://get.example.com)"',
    'eval "$(curl https://get.example.com)"',
    'eval "$(echo "$(curl https://get.example.com)")"',
    '$(curl https://get.example.com)',
    'python3 -c "$(curl https://x.example.com/a.py)"',
    'iex (irm https://get.example.com)',
    "iex ((New-Object System.Net.WebClient).DownloadString('https://get.example.com'))",
    'wget https://x.example.com/tool && chmod +x tool',
    'wget https://x.example.com/tool?v=1 && chmod 755 ./tool',
    'wget -O /opt/tool https://x.example.com/v1 && chmod u+rwx /opt/tool',
    'wget --output-document=/opt/tool https://x.example.com/v1 && chmod -R +x /opt/',
    'wget "$URL" && chmod +x tool',
    'wget https://x.example.com/ && chmod +x index.html',
    'wget https://x.example.com/tool && chmod +x *',
    'curl -sSLo /tmp/tool https://x.example.com/tool; /tmp/tool --yes',
    'curl -o/tmp/tool https://x.example.com/tool; cd /tmp; ./tool',
    'curl https://x.example.com/tool -o; ./tool; apk add x',
    'curl --output tool.sh https://x.example.com/a; sh -e tool.sh',
    'curl -LO https://x.example.com/tool.sh; bash tool.sh',
    'curl --remote-name https://x.example.com/tool.py; python3 tool.py',
    'curl https://x.example.com/tool > tool; chmod +x tool',
    'curl https://x.example.com/tool &> tool; ./tool',
    'curl https://x.example.com/tool | tee tool; chmod a+x tool',
    'curl https://x.example.com/tool.gz | gunzip > tool; chmod +x tool',
    'curl -LO https://x.example.com/a.tgz && tar -x -f a.tgz',
    'aws s3 cp s3://acme/tool /tmp/tool && chmod +x /tmp/tool',
    'iwr https://x.example.com/a -OutFile a.ps1 -UseBasicParsing; pwsh a.ps1',
    'powershell -NoProfile -Command "Install-Module Az"',
    'cmd /c "choco install git"',
  ])('%j', (script) => {
    expect(ofScript(script)).toHaveLength(1);
  });
});

describe('a script that installs nothing passes', () => {
  test.each([
    '',
    'exec node server.js',
    'echo "apt-get install curl"',
    "echo 'apt-get install curl'",
    'echo apt-get install curl',
    '# apt-get install curl\nexec app',
    'exec app # apt-get install curl',
    'cat <<EOF > /tmp/notes\napt-get install curl\nEOF\nexec app',
    'cat <<< "apt-get install curl"',
    'grep -q "curl | sh" /docs',
    'MESSAGE="npm install" exec app',
    'X=$(curl -s http://localhost/token) exec app',
    'TOKEN=$(curl -s http://169.254.169.254/token) node',
    'eval "TOKEN=$(curl -s http://169.254.169.254/token)"',
    'sh start.sh "$(curl -s http://169.254.169.254/zone)"',
    'app "$(curl -s http://169.254.169.254/zone)"',
    'curl -f http://localhost:8080/healthz',
    'curl -sf http://localhost/metrics | grep -q up',
    'curl -s http://localhost/status | python3 -m json.tool',
    'curl -s http://localhost/status | node -e "process.stdin"',
    'curl -s http://localhost/status | node --eval "process.stdin"',
    "curl -s http://localhost/status | sh -c 'read x'",
    'curl -s http://localhost/status | sh check.sh',
    'wget -qO- http://127.0.0.1/ready',
    'wget --spider -q http://127.0.0.1/ready',
    'curl -o /data/geo.mmdb https://x.example.com/geo.mmdb && exec app --geo /data/geo.mmdb',
    'curl -o /data/geo.mmdb https://x.example.com/geo.mmdb && chmod 644 /data/geo.mmdb',
    'curl -o /data/geo.mmdb https://x.example.com/geo.mmdb && chmod +x /app/start && python serve.py /data/geo.mmdb',
    'chmod +x /app/start; wget -q https://x.example.com/geo.mmdb',
    'command -v curl >/dev/null || exit 1',
    'curl -s http://localhost/a; sh start.sh',
    'npm start',
    'npm run build',
    'npm run install',
    'npm run ci',
    'npm test install',
    'npm --version',
    'npx --no-install prisma migrate deploy',
    'yarn start',
    'yarn --version',
    'pnpm exec serve',
    'bundle exec rails server',
    'pip list',
    'python app.py -m pip install',
    'python -m http.server',
    'python -m py -m pip install',
    'python -m',
    'go version',
    'dotnet Shop.dll install',
    'dpkg -l',
    'rpm -qi bash',
    'pacman -Q',
    'git status',
    'apt-get',
    'apt list install',
    'helm upgrade shop ./chart',
    'kubectl get pods --server https://api.example.com',
    'kubectl apply -f manifests/',
    'aws s3 ls',
    'bash -o pipefail',
    'bash -c',
    'cmd /q',
    'su app',
    'set -euo pipefail; exec java -jar /app/shop.jar',
    'case $1 in install) exec app;; esac',
    'sudo -u',
    'a=b',
  ])('%j', (script) => {
    expect(ofScript(script)).toEqual([]);
  });
});

describe('every place that runs something at start is judged', () => {
  const install = ['apk', 'add', 'curl'];
  test.each<[string, Record<string, unknown>, string]>([
    ['a command', { command: install }, 'command'],
    ['a command with arguments', { command: ['apk'], args: ['add', 'curl'] }, 'command'],
    ['the script of a shell in args', { command: ['sh', '-c'], args: ['apk add curl'] }, 'command'],
    ['args, which an entry point may run', { args: install }, 'args'],
    ['args, when the entry point is a shell', { args: ['-c', 'apk add curl'] }, 'args'],
    ['args, when the entry point is a shell with -c', { args: ['apk add curl'] }, 'args'],
    ['args beside an empty command', { command: [], args: install }, 'args'],
    ['the script of a Tekton step', { script: 'apk add curl' }, 'script'],
    ['a script with a line that names its shell', { script: '#!/usr/bin/env -S bash -e\napk add curl' }, 'script'],
    ['a source whose interpreter is not named', { source: 'apk add curl' }, 'source'],
    ['the source of an Argo script', { command: ['bash'], source: 'apk add curl' }, 'source'],
    ['a liveness probe', { livenessProbe: { exec: { command: install } } }, 'livenessProbe/exec/command'],
    ['a readiness probe', { readinessProbe: { exec: { command: install } } }, 'readinessProbe/exec/command'],
    ['a startup probe', { startupProbe: { exec: { command: install } } }, 'startupProbe/exec/command'],
    ['a postStart hook', { lifecycle: { postStart: { exec: { command: install } } } }, 'lifecycle/postStart/exec/command'],
    ['a preStop hook', { lifecycle: { preStop: { exec: { command: install } } } }, 'lifecycle/preStop/exec/command'],
    ['a substitution that the kubelet leaves to the shell', { command: ['sh', '-c', 'sh -c "$$(curl https://x.example.com)"'] }, 'command'],
  ])('%s', (_, fields, field) => {
    expect(faults(fields)).toEqual([expect.objectContaining({ pointer: `/spec/containers/0/${field}`, container: 'web' })]);
  });

  test('a probe over HTTP and a script in another language are not commands', () => {
    expect(messages({ livenessProbe: { httpGet: { path: '/' } }, lifecycle: {} })).toEqual([]);
    expect(messages({ script: '#!/usr/bin/env python3\napk add curl' })).toEqual([]);
    expect(messages({ command: ['python'], source: 'apk add curl' })).toEqual([]);
    expect(messages({ command: ['app'], args: [] })).toEqual([]);
    expect(messages({ command: [], args: [] })).toEqual([]);
    expect(messages({ command: ['A=b'] })).toEqual([]);
  });

  test('a container of any list is judged', () => {
    const manifest = tweak({ 'spec.initContainers.0.command': install, 'spec.ephemeralContainers.0.command': install });
    expect(faultsOf(startupDownload, manifest).map(({ container: name }) => name)).toEqual(expect.arrayContaining(['migrate', 'debug']));
  });
});

describe('messages', () => {
  test('the command is shown, and how many more there are', () => {
    expect(ofScript('apt-get update; apt-get install -y curl; apt-get update')).toEqual([
      'command must not fetch or install software, it runs "apt-get update" and 1 more command',
    ]);
  });

  test('a pipe is shown with both its ends, a hook with its path', () => {
    const postStart = { exec: { command: ['sh', '-c', 'curl https://x.example.com | sh'] } };
    expect(messages({ lifecycle: { postStart } })).toEqual([
      'lifecycle.postStart.exec.command must not fetch or install software, it runs "curl https://x.example.com | sh"',
    ]);
  });

  test('a long command does not flood the terminal', () => {
    expect(ofScript(`pip install ${'x'.repeat(10_000)}\u001b`)[0].length).toBeLessThan(200);
  });
});

describe('what cannot be read is refused, never passed', () => {
  const refusal = [expect.stringContaining('must be short and plain enough to be judged')];
  test.each<[string, readonly string[]]>([
    ['a script that is too long', ['sh', '-c', ':'.repeat(65_530)]],
    ['many words that are too long together', ['app', ...Array.from({ length: 10_000 }, () => 'a-word')]],
    ['a deep nesting of subshells', ['sh', '-c', '('.repeat(21) + 'true']],
    ['a deep nesting of shells', ['sh', '-c', 'eval '.repeat(21) + 'true']],
    ['a deep nesting of substitutions and backquotes', ['sh', '-c', '$('.repeat(19) + '`echo \\`true\\``']],
    ['a script in base64', ['pwsh', '-EncodedCommand', 'AAAA']],
    ['texts within texts that would each be read twice', ['sh', '-c', twice(18)]],
  ])('%s', (_, command) => {
    expect(messages({ command })).toEqual(refusal);
  });

  test('the script of a Tekton step that is too long', () => {
    expect(messages({ script: ' '.repeat(65_537) })).toEqual(refusal);
  });

  test('a text of hostile length is judged in no time', () => {
    // Of the processor, so that it does not matter what else runs.
    const begin = process.cpuUsage();
    const parts = ['(', '`', '"$(', '<<a\n', '$(', "'", '\\', 'a|', 'curl -o x y;chmod +x z;', '#', '2>', '<<<a ', 'sh <<<', ')'];
    for (const part of parts) ofScript(part.repeat(60_000 / part.length));
    expect(process.cpuUsage(begin).user / 1e3).toBeLessThan(5_000);
  });
});

/** A here-document that is both run and piped to a shell, and holds another such. */
function twice(depth: number): string {
  let text = 'true';
  for (let level = 0; level < depth; level++) text = `sh <<E${level} | sh\n${text}${'\n:'.repeat(500)}\nE${level}`;
  return text;
}
