import { setMaxListeners } from 'node:events';
import { constants } from 'node:os';
import { Io } from './io';

/** The work was stopped by a signal; the status is that of a process which the signal ends: 130 for SIGINT, 143 for SIGTERM. */
class Interrupted extends Error {
  public constructor(public readonly status: number) {
    super('interrupted');
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does work that a signal stops. The work gets to know by its `AbortSignal`, whose reason is `Interrupted`, and is not waited for: a
 * program that it has called may not answer. A second signal ends the process as always.
 *
 * @returns the exit status
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>, io: Io): Promise<number> {
  const controller = new AbortController();
  const { signal } = controller;
  // Each request listens to it while it is under way, and Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  const stop = (name: NodeJS.Signals) => controller.abort(new Interrupted(128 + constants.signals[name]));
  for (const name of signals) process.once(name, stop);
  try {
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Interrupted), { once: true });
    });
    return await Promise.race([work(signal), stopped]);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.progress('');
    io.err('cdk8s-hardened: interrupted, so nothing was written\n');
    return error.status;
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
