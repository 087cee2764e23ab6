// The view of the commands that took long.

import { run } from './api.js';
import { confirmed } from './dialog.js';
import { attempt, fill, h, panel, table } from './dom.js';
import { micros, moment } from './format.js';
import { shown } from './keys/cells.js';

const ENTRIES = 128;

const COLUMNS = [
  { title: 'When' }, { title: 'Took', number: true }, { title: 'Command' }, { title: 'Client' },
];

function row([, at, took, words, address, name]) {
  return h('tr', {},
    h('td', {}, moment(at)),
    h('td.number', {}, micros(took)),
    h('td.bytes', {}, words.flatMap((word, i) => (i === 0 ? [shown(word)] : [' ', shown(word)]))),
    h('td.mono', {}, address, name ? h('div.muted', {}, name) : null));
}

async function threshold() {
  try {
    const [pair] = await run('CONFIG', 'GET', 'slowlog-log-slower-than');
    const limit = Number(Array.isArray(pair) ? pair[1] : NaN);
    return limit < 0 ? 'Nothing is noted: slowlog-log-slower-than is negative.' : `Commands that take ${micros(limit)} or longer.`;
  } catch {
    return '';
  }
}

export function slowLog(view) {
  const host = h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Slow commands' });
  const limit = h('span.muted');
  const refresh = async () => {
    limit.textContent = await threshold();
    const entries = await run('SLOWLOG', 'GET', ENTRIES);
    fill(host, entries.length === 0
      ? h('p.empty', {}, 'No command took that long.')
      : table('Slow commands', COLUMNS, entries.map(row)));
  };
  const clear = () => confirmed('Empty the slow log?', 'All its entries are forgotten.', 'Empty it', async () => {
    await run('SLOWLOG', 'RESET');
    await refresh();
  });
  fill(view, panel('Slow log', [
    limit,
    h('button', { onclick: () => attempt(refresh) }, 'Refresh'),
    h('button.destroys', { onclick: clear }, 'Empty…'),
  ], host));
  attempt(refresh);
  return {};
}
