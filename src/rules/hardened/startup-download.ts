import { Container } from '../../manifest/pod';
import { fileName, isShell } from '../../shell/calls';
import { Downloads, downloadsOfScript, downloadsOfWords } from '../../shell/downloads';
import { plural, quoted } from '../../text/text';
import { yaml } from '../example';
import { builtInRule, Fault } from '../rule';

/**
 * A rule against a habit, not against an attacker: it reads what is written, knows of variables only what the same text sets, and
 * does not follow scripts in the image or programs in other languages. A read-only root filesystem and network policies stop the rest.
 */
export const startupDownload = builtInRule({
  id: 'startup-download',
  summary: 'What a container runs is in its image: nothing is fetched or installed when it starts.',
  law: {
    fields: [
      'spec.containers[*].command',
      'spec.containers[*].args',
      'spec.containers[*].lifecycle.postStart.exec.command',
      'spec.containers[*].lifecycle.preStop.exec.command',
      'spec.containers[*].livenessProbe.exec.command',
      'spec.containers[*].readinessProbe.exec.command',
      'spec.containers[*].startupProbe.exec.command',
      'script (a Tekton step)',
      'source (an Argo Workflows script)',
    ],
    allowed: 'commands that neither call a package manager to install, nor clone sources, nor run, unpack or make executable what they have downloaded; also within sh -c. To fetch data is no fault',
    source: 'NIST SP 800-190, 4.1 and 4.4.4; no other tool checks it',
  },
  why: 'What is fetched at the start was not scanned, is not pinned by the digest, differs from one start to the next, and is missing when its source is down.',
  fix: 'install it in the image at build time, or mount it from an image volume; fetch data, not programs',
  profile: 'hardened',
  severity: 'high',
  references: {},
  examples: {
    bad: yaml`
      containers:
      - name: web
        command: [sh, -c, 'pip install flask && exec python app.py']
    `,
    good: yaml`
      containers:
      - name: web
        command: [python, app.py]  # flask is in the image
    `,
  },
  *check(pod) {
    for (const container of pod.containers) yield* judgeContainer(container);
  },
});

function* judgeContainer(container: Container): Iterable<Fault> {
  const { command, args, script, source, pointer, label } = container;
  if (command !== undefined && command.length > 0) {
    yield* faults(downloadsOfWords([...command, ...args ?? []].map(unescaped)), 'command', pointer, label);
  } else if (args !== undefined && args.length > 0) {
    // The entry point of the image is not known. It may be a shell, or a script that runs its arguments.
    const words = args.map(unescaped);
    yield* faults(downloadsOfWords(words[0].startsWith('-') ? ['sh', ...words] : words), 'args', pointer, label);
  }
  if (script !== undefined) yield* faults(judgeText(script, []), 'script', pointer, label);
  if (source !== undefined) yield* faults(judgeText(source, command ?? []), 'source', pointer, label);
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers = { livenessProbe, readinessProbe, startupProbe, 'lifecycle/postStart': lifecycle?.postStart, 'lifecycle/preStop': lifecycle?.preStop };
  for (const [field, handler] of Object.entries(handlers)) {
    const words = handler?.exec?.command;
    if (words !== undefined) yield* faults(downloadsOfWords(words), `${field}/exec/command`, pointer, label);
  }
}

/** `$$(curl …)` reaches the container as `$(curl …)`: the kubelet reads `$(NAME)` as a variable, and `$$` as the way to avoid that. */
function unescaped(word: string): string {
  return word.includes('$$') ? word.replaceAll('$$', '$') : word;
}

/** A text that is given to a shell, unless its first line or the command of the container names another interpreter. */
function judgeText(text: string, command: readonly string[]): Downloads {
  const [, named] = /^#!\s*(\S[^\n]{0,200})/.exec(text) ?? [];
  const words = named?.split(/\s+/) ?? command;
  const isOther = words.length > 0 && !words.some((word) => isShell(fileName(word)));
  return isOther ? [] : downloadsOfScript(text);
}

function* faults(downloads: Downloads, field: string, pointer: string, container: string): Iterable<Fault> {
  const place = { pointer: `${pointer}/${field}`, container };
  const name = field.replaceAll('/', '.');
  if (downloads === undefined) {
    yield { message: `${name} must be short and plain enough to be judged, it is too long, nested too deeply or encoded`, ...place, detail: 'unreadable' };
    return;
  }
  // Each program by itself: of an old app that installs with one, another is a new habit.
  for (const detail of new Set(downloads.map(({ program }) => program))) {
    const [{ text }, ...others] = downloads.filter(({ program }) => program === detail);
    const more = others.length === 0 ? '' : ` and ${plural(others.length, 'more command')}`;
    yield { message: `${name} must not fetch or install software, it runs ${quoted(text)}${more}`, ...place, detail };
  }
}
