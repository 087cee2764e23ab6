// What the server says of itself, and what follows from two such reports.

/// The fields of an `INFO` reply.
export function parseInfo(text) {
  const fields = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      fields[line.slice(0, colon)] = line.slice(colon + 1);
    }
  }
  return fields;
}

/// How many calls took up to how many microseconds, over all commands of a `LATENCY HISTOGRAM`
/// reply: counts by power of two.
export function parseHistogram(reply) {
  const counts = new Map();
  for (const [, command] of reply) {
    const buckets = command.find(([name]) => name === 'histogram_usec')?.[1] ?? [];
    let before = 0;
    for (const [micros, cumulated] of buckets) {
      counts.set(Number(micros), (counts.get(Number(micros)) ?? 0) + cumulated - before);
      before = cumulated;
    }
  }
  return counts;
}

/// The percentiles of the calls between two histograms, within their power of two in proportion;
/// null if there were none.
export function percentiles(before, now, wanted) {
  const buckets = [...now]
    .map(([micros, calls]) => [micros, calls - (before.get(micros) ?? 0)])
    .filter(([, calls]) => calls > 0)
    .sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, calls]) => sum + calls, 0);
  return wanted.map((percent) => {
    let rest = (total * percent) / 100;
    for (const [micros, calls] of buckets) {
      if (rest <= calls) {
        return (micros / 2) * (1 + rest / calls);
      }
      rest -= calls;
    }
    return null;
  });
}

/// The rate of a counter between two reports, null if it began anew.
export function rate(before, now, field, elapsedSeconds) {
  const change = Number(now[field]) - Number(before[field]);
  return change >= 0 && elapsedSeconds > 0 ? change / elapsedSeconds : null;
}
