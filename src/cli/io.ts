import { exitStatus } from './exit-status';

/** What a command may touch of the process; tests hand in their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether colour may be written to `out`. */
  readonly color: boolean;
  /** Shows how far long work is, on a terminal only; an empty text takes it away. */
  readonly progress: (text: string) => void;
}

/** A problem of the call or of its surroundings, said in one line, exit status 2. */
export class UsageError extends Error {}

/** No more often than the eye can follow: ten thousand small files are judged in a second. */
const progressInterval = 100;

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads may stop reading: `check | head`. That is no error, and the exit status stays that of the verdict.
    if (code === 'EPIPE') return;
    process.exitCode = exitStatus.unjudged;
    stderr.write(`cdk8s-hardened: the standard output cannot be written: ${message}\n`);
  });
  // There is nowhere left to say it, and the exit status does say it.
  stderr.on('error', () => undefined);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    color: stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
    progress: stderr.isTTY && env.TERM !== 'dumb' ? progressOn(stderr) : () => undefined,
  };
}

function progressOn(terminal: NodeJS.WriteStream): (text: string) => void {
  let shownAt = 0;
  return (text) => {
    const now = Date.now();
    if (text !== '' && now - shownAt < progressInterval) return;
    // A line that wraps could not be taken away again.
    if (text !== '' || shownAt > 0) terminal.write(`\r\u001b[K${text.slice(0, (terminal.columns || 80) - 1)}`);
    shownAt = text === '' ? 0 : now;
  };
}
