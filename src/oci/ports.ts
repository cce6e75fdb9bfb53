/** `EXPOSE 7000-7999` makes a thousand entries of one line; so many in one range are written as their author wrote them. */
const shortest = 3;

/**
 * The keys of `ExposedPorts` with each run of ports as one range, `7000-7999/tcp`; in the order of numbers, what is no port behind them.
 * What has no protocol is TCP.
 */
export function portRanges(names: readonly string[]): readonly string[] {
  const byProtocol = new Map<string, Set<number>>();
  const others: string[] = [];
  for (const name of names) {
    const [, port, protocol = 'tcp'] = /^(\d{1,5})(?:\/([a-z]{1,8}))?$/.exec(name) ?? [];
    if (port === undefined) others.push(name);
    else byProtocol.set(protocol, (byProtocol.get(protocol) ?? new Set()).add(Number(port)));
  }
  const ranges = [...byProtocol].sort().flatMap(([protocol, ports]) => rangesOf(ports).map(range => `${range}/${protocol}`));
  return [...ranges, ...others.sort()];
}

function rangesOf(ports: ReadonlySet<number>): readonly string[] {
  const runs: number[][] = [];
  for (const port of [...ports].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.at(-1) === port - 1) last.push(port);
    else runs.push([port]);
  }
  return runs.flatMap(run => run.length < shortest ? run.map(String) : [`${run[0]}-${run[run.length - 1]}`]);
}
