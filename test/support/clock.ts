import type { Fault } from './registry/faults';
import type { Clock, Timer } from '../../src/registry/http/clock';

/** A clock that goes on only when it is told to, so that no test depends on how fast the machine is. Who sleeps wakes at once. */
export class TestClock implements Clock {
  /** How long every sleep was to be. */
  public readonly slept: number[] = [];
  private time = 0;
  private readonly timers = new Map<Timer, { readonly at: number; readonly call: () => void }>();

  public now(): number {
    return this.time;
  }

  public start(wait: number, call: () => void): Timer {
    const restart = () => void this.timers.set(timer, { at: this.time + wait, call });
    const timer: Timer = { restart, stop: () => void this.timers.delete(timer) };
    restart();
    return timer;
  }

  public async sleep(wait: number): Promise<void> {
    this.slept.push(wait);
  }

  public advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const [timer, { at, call }] of [...this.timers]) {
      // One of them may have stopped others.
      if (at <= this.time && this.timers.delete(timer)) call();
    }
  }

  /** What the server does, and so much time after it that the client may have waited long enough. */
  public after(answer: Fault['answer'], milliseconds: number): Fault['answer'] {
    return (...asked) => {
      answer(...asked);
      afterTurns(() => this.advance(milliseconds));
    };
  }
}

/** Calls when what was written until now can have been read. */
export function afterTurns(call: () => void): void {
  setImmediate(() => setImmediate(call));
}
