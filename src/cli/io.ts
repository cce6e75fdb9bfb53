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

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  // Whoever reads may stop reading: `check | head`. That is no error, and the exit status stays that of the verdict.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const isTerminal = stderr.isTTY && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    color: stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
    progress: isTerminal ? (text) => void stderr.write(`\r\u001b[K${text}`) : () => undefined,
  };
}
