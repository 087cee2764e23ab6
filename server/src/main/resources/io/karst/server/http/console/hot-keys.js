// The keys that take the most time and traffic: HOTKEYS, which counts for a while and is asked then.

import { named, run } from './api.js';
import { attempt, fill, h, panel, table } from './dom.js';
import { bytes, micros, seconds } from './format.js';
import { linkTo } from './keys/browser.js';
import { shown } from './keys/cells.js';

const KEYS = 20;
const DURATION_SECONDS = 60;
const EVERY_MILLIS = 2000;

function keyTable(title, unit, flat, format) {
  const rows = [];
  for (let i = 0; i < flat.length; i += 2) {
    rows.push(h('tr', {},
      h('td.bytes', {}, h('a', { href: linkTo(flat[i]) }, shown(flat[i]))),
      h('td.number', {}, format(flat[i + 1]))));
  }
  return h('div', {},
    rows.length === 0
      ? h('p.empty', {}, `${title}: nothing yet`)
      : table(title, [{ title }, { title: unit, number: true }], rows));
}

export function hotKeys() {
  const host = h('div.pair');
  const state = h('span.muted', { role: 'status' });
  const start = h('button.main', { onclick: () => attempt(begin) }, `Count for ${DURATION_SECONDS} s`);
  const stop = h('button', { onclick: () => attempt(end) }, 'Stop');
  const begin = async () => {
    await run('HOTKEYS', 'RESET');
    await run('HOTKEYS', 'START', 'METRICS', 2, 'CPU', 'NET', 'COUNT', KEYS, 'DURATION', DURATION_SECONDS);
    await refresh();
  };
  const end = async () => {
    await run('HOTKEYS', 'STOP');
    await refresh();
  };
  const refresh = async () => {
    const reply = await run('HOTKEYS', 'GET');
    const found = reply === null ? null : named(reply);
    const active = found?.['tracking-active'] === 1;
    start.hidden = active;
    stop.hidden = !active;
    if (found === null) {
      fill(host, h('p.empty', {}, 'Nothing has been counted yet. Counting costs some time of each command.'));
      return;
    }
    state.textContent = `${active ? 'counting for' : 'counted for'} ${seconds(found['collection-duration-ms'] / 1000)}`;
    fill(host,
      keyTable('By time', 'time', found['by-cpu-time-us'] ?? [], micros),
      keyTable('By traffic', 'bytes', found['by-net-bytes'] ?? [], bytes));
  };
  attempt(refresh);
  const timer = setInterval(() => {
    if (!stop.hidden && !document.hidden) {
      refresh().catch(() => {});
    }
  }, EVERY_MILLIS);
  return {
    element: panel('Hot keys', [state, start, stop], host),
    leave: () => clearInterval(timer),
  };
}

