/** So many requests to a host at the same time; the others wait in the order in which they came. */
export interface HostQueue {
  /** Waits for a turn. @returns the function that ends it and lets the next one start */
  turn(host: string): Promise<() => void>;
}

export function createHostQueue(concurrency: number): HostQueue {
  const hosts = new Map<string, { free: number; readonly waiting: (() => void)[] }>();
  return {
    turn: async host => {
      const queue = hosts.get(host) ?? { free: concurrency, waiting: [] };
      hosts.set(host, queue);
      if (queue.free > 0) queue.free--;
      else await new Promise<void>(resolve => queue.waiting.push(resolve));
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const next = queue.waiting.shift();
        if (next === undefined) queue.free++;
        else next();
      };
    },
  };
}
