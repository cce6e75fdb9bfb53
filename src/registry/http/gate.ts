/** So many at the same time, for each host; the others wait in the order in which they came. */
export interface Gate {
  /** Resolves with the function that lets the next one in. */
  enter(host: string): Promise<() => void>;
}

export function createGate(concurrency: number): Gate {
  const hosts = new Map<string, { free: number; readonly waiting: (() => void)[] }>();
  return {
    enter: async host => {
      let place = hosts.get(host);
      if (place === undefined) hosts.set(host, place = { free: concurrency, waiting: [] });
      const { waiting } = place;
      const current = place;
      if (current.free > 0) current.free--;
      else await new Promise<void>(resolve => waiting.push(resolve));
      let left = false;
      return () => {
        if (left) return;
        left = true;
        const next = waiting.shift();
        if (next === undefined) current.free++;
        else next();
      };
    },
  };
}
