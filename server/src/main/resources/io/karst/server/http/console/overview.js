// The view of numbers: a line of figures, and charts of the last three minutes.

import { Chart } from './chart.js';
import { fill, h } from './dom.js';
import { bytes, count, micros, percent, seconds, whole } from './format.js';
import { percentiles, rate } from './info.js';

const PERCENTILES = [50, 99, 99.9];

const CHARTS = {
  operations: new Chart({
    title: 'Operations per second', format: count, series: [{ name: 'commands', filled: true }],
  }),
  latency: new Chart({
    title: 'Time per command', format: micros, series: [{ name: 'p50' }, { name: 'p99' }, { name: 'p99.9' }],
  }),
  memory: new Chart({
    title: 'Memory', format: bytes, inBytes: true,
    series: [{ name: 'hot', filled: true }, { name: 'limit', dashed: true }, { name: 'RSS' }],
  }),
  hits: new Chart({
    title: 'Hit ratio', format: percent, max: 100, series: [{ name: 'hits', filled: true }],
  }),
  network: new Chart({
    title: 'Network, bytes per second', format: bytes, inBytes: true, series: [{ name: 'in' }, { name: 'out' }],
  }),
  history: new Chart({
    title: 'Write-ahead log, bytes per second', format: bytes, inBytes: true,
    series: [{ name: 'appended', filled: true }],
  }),
  uncheckpointed: new Chart({
    title: 'Not yet checkpointed', format: bytes, inBytes: true, series: [{ name: 'log since checkpoint', filled: true }],
  }),
  removed: new Chart({
    title: 'Keys removed from memory per second', format: count,
    series: [{ name: 'expired' }, { name: 'evicted' }, { name: 'spilled' }],
  }),
  keys: new Chart({
    title: 'Keys', format: count, series: [{ name: 'hot', filled: true }, { name: 'cold' }, { name: 'dirty' }],
  }),
};

/// The latest report: what the figures are of, whichever view is open.
let latest = null;
let figures = null;

/// Takes a report of the server: `{info, histogram, at}`, and the one before.
export function observe(before, now) {
  latest = now;
  if (before !== null) {
    push(before, now, (now.at - before.at) / 1000);
  }
  if (figures?.isConnected) {
    fill(figures, tiles(now.info));
  }
}

function push(before, now, elapsed) {
  const info = now.info;
  const perSecond = (field) => rate(before.info, info, field, elapsed);
  CHARTS.operations.push(perSecond('total_commands_processed'));
  if (before.histogram && now.histogram) {
    CHARTS.latency.push(...percentiles(before.histogram, now.histogram, PERCENTILES));
  }
  const limit = Number(info.maxmemory);
  CHARTS.memory.push(
    Number(info.used_memory), limit > 0 ? limit : null, Number(info.used_memory_rss));
  CHARTS.hits.push(hitRatio(before.info, info));
  CHARTS.network.push(perSecond('total_net_input_bytes'), perSecond('total_net_output_bytes'));
  if (keepsLog(info)) {
    CHARTS.history.push(perSecond('wal_tail_lsn'));
    CHARTS.uncheckpointed.push(uncheckpointed(info));
  }
  CHARTS.removed.push(perSecond('expired_keys'), perSecond('evicted_keys'), perSecond('spilled_keys'));
  CHARTS.keys.push(...keyCounts(info));
}

function keepsLog(info) {
  return info.aof_enabled === '1';
}

function uncheckpointed(info) {
  return Math.max(0, Number(info.wal_tail_lsn) - Number(info.checkpoint_lsn ?? info.wal_first_lsn));
}

function keyCounts(info) {
  return 'keys_hot' in info
    ? [Number(info.keys_hot), Number(info.keys_cold), Number(info.keys_dirty)]
    : [totalKeys(info), null, null];
}

function totalKeys(info) {
  return Object.keys(info)
    .filter((field) => /^db\d+$/.test(field))
    .reduce((sum, field) => sum + Number(/keys=(\d+)/.exec(info[field])?.[1] ?? 0), 0);
}

function hitRatio(before, now) {
  const hits = now.keyspace_hits - before.keyspace_hits;
  const misses = now.keyspace_misses - before.keyspace_misses;
  return hits + misses > 0 ? (100 * hits) / (hits + misses) : null;
}

function overall(info) {
  const reads = Number(info.keyspace_hits) + Number(info.keyspace_misses);
  return reads > 0 ? percent((100 * info.keyspace_hits) / reads) : '–';
}

function tile(name, value, more) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value, more ? h('small', {}, more) : null));
}

function tiles(info) {
  const limit = Number(info.maxmemory);
  const list = [
    tile('Keys', whole(totalKeys(info)), 'keys_cold' in info ? `${count(Number(info.keys_cold))} cold` : ''),
    tile('Memory', bytes(Number(info.used_memory)), limit > 0 ? `of ${bytes(limit)}` : 'no limit'),
    tile('Clients', whole(info.connected_clients), `${info.blocked_clients} blocked`),
    tile('Hit ratio', overall(info), 'since start'),
    tile('Expired', count(Number(info.expired_keys)), `${count(Number(info.evicted_keys))} evicted`),
  ];
  if (keepsLog(info)) {
    list.push(tile('Log', info.wal_lost === '1' ? 'lost' : 'safe', durableText(info)));
  }
  if ('checkpoint_age' in info) {
    list.push(checkpointTile(info));
  }
  return list;
}

function durableText(info) {
  const behind = Number(info.wal_tail_lsn) - Number(info.wal_durable_lsn);
  return behind > 0 ? `${bytes(behind)} to sync` : 'all synced';
}

function checkpointTile(info) {
  const running = info.rdb_bgsave_in_progress === '1';
  const failed = info.rdb_last_bgsave_status !== 'ok';
  const state = failed ? 'failing' : running ? 'running' : `${seconds(Number(info.checkpoint_age))} ago`;
  return tile('Checkpoint', state, `${bytes(Number(info.lsm_size))} on disk`);
}

/// The view.
export function overview(view) {
  figures = h('dl.figures.panel', { 'aria-label': 'Figures' });
  if (latest !== null) {
    fill(figures, tiles(latest.info));
  }
  const shown = Object.entries(CHARTS).filter(([name]) => isShown(name)).map(([, chart]) => chart.element);
  fill(view, h('h1.unseen', {}, 'Overview'), figures, h('div.charts', {}, shown));
}

function isShown(name) {
  if (name === 'latency') {
    return latest === null || latest.histogram !== null;
  }
  return latest === null || keepsLog(latest.info) || (name !== 'history' && name !== 'uncheckpointed');
}
