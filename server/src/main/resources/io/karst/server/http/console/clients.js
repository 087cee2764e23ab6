// The view of connections.

import { run } from './api.js';
import { confirmed } from './dialog.js';
import { attempt, fill, h, note, panel, table } from './dom.js';
import { bytes, seconds } from './format.js';

const EVERY_MILLIS = 3000;

const COLUMNS = [
  { title: 'ID', number: true }, { title: 'Address' }, { title: 'Name' }, { title: 'User' },
  { title: 'Age', number: true }, { title: 'Idle', number: true }, { title: 'DB', number: true },
  { title: 'Command' }, { title: 'Output', number: true }, { title: '' },
];

/// The fields of a line of `CLIENT LIST`.
function parse(line) {
  return Object.fromEntries(line.split(' ').map((word) => {
    const equals = word.indexOf('=');
    return [word.slice(0, equals), word.slice(equals + 1)];
  }));
}

function kill(client, refresh) {
  confirmed('Close this connection?', `Client ${client.id} at ${client.addr}. What it has sent and is not run yet is lost.`,
    'Close it', async () => {
      await run('CLIENT', 'KILL', 'ID', client.id);
      note(`Client ${client.id} is closed`);
      await refresh();
    });
}

function row(client, refresh) {
  return h('tr', {},
    h('td.number', {}, client.id),
    h('td.mono', {}, client.addr),
    h('td', {}, client.name),
    h('td', {}, client.user),
    h('td.number', {}, seconds(Number(client.age))),
    h('td.number', {}, seconds(Number(client.idle))),
    h('td.number', {}, client.db),
    h('td.mono', {}, client.cmd),
    h('td.number', {}, bytes(Number(client.omem ?? 0))),
    h('td.acts', {}, h('button.quiet.destroys', { onclick: () => kill(client, refresh) }, 'Close')));
}

export function clients(view) {
  const host = h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Clients' });
  const filter = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter', oninput: () => draw() });
  const total = h('span.muted');
  let list = [];
  const draw = () => {
    const shown = list.filter((line) => line.includes(filter.value));
    total.textContent = `${shown.length} of ${list.length}`;
    fill(host, table('Clients', COLUMNS, shown.slice(0, 500).map((line) => row(parse(line), refresh))));
  };
  const refresh = async () => {
    list = String(await run('CLIENT', 'LIST')).trimEnd().split('\n').filter(Boolean);
    if (!host.contains(document.activeElement)) {
      draw();
    }
  };
  fill(view, panel('Clients', [total, filter, h('button', { onclick: () => attempt(refresh) }, 'Refresh')], host));
  attempt(refresh);
  const timer = setInterval(() => { if (!document.hidden) { refresh().catch(() => {}); } }, EVERY_MILLIS);
  return { leave: () => clearInterval(timer) };
}
