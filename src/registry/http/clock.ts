import { setTimeout as delay } from 'node:timers/promises';

/** A call to come. */
export interface Timer {
  /** Begins to wait anew. */
  restart(): void;
  stop(): void;
}

/** What time it is, and what waits for it: Node's own, except in tests, which have one that goes as they want. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds. */
  start(wait: number, call: () => void): Timer;
  /** Ends after so many milliseconds, and as soon as the signal says so. */
  sleep(wait: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  start: (wait, call) => {
    const timer = setTimeout(call, wait);
    return { restart: () => void timer.refresh(), stop: () => clearTimeout(timer) };
  },
  sleep: async (wait, signal) => delay(wait, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
