// The keys that take the most memory: those that the server has seen change, by MEMORY BIGKEYS; or all
// are looked through, some at a time, until told to stop.

import { ask, place, ReplyError, run } from './api.js';
import { attempt, fill, h, panel, table } from './dom.js';
import { bytes, whole } from './format.js';
import { linkTo } from './keys/browser.js';
import { shown } from './keys/cells.js';

const KEYS = 30;
const ROUND = 300;

/// The largest keys of one round more.
async function round(cursor, largest) {
  const [reply] = await ask([['SCAN', cursor, 'COUNT', ROUND]]);
  if (reply instanceof ReplyError) {
    throw reply;
  }
  const [next, keys] = reply;
  for (let from = 0; from < keys.length; from += ROUND) {
    const some = keys.slice(from, from + ROUND);
    const sizes = await ask(some.map((key) => ['MEMORY', 'USAGE', key]), { untouched: true });
    some.forEach((key, i) =>
      largest.push({ key, database: place.database, size: typeof sizes[i] === 'number' ? sizes[i] : 0 }));
    largest.sort((a, b) => b.size - a.size).splice(KEYS);
  }
  return { next, looked: keys.length };
}

/// Those that the server knows, of all databases.
async function known() {
  const types = await run('MEMORY', 'BIGKEYS');
  return types
    .flatMap(([, keys]) => keys.map(([key, database, size]) => ({ key, database, size })))
    .sort((a, b) => b.size - a.size);
}

function draw(host, keys) {
  const columns = [{ title: 'Key' }, { title: 'Database', number: true }, { title: 'Memory', number: true }];
  fill(host, table('Big keys', columns, keys.map(({ key, database, size }) =>
    h('tr', {},
      h('td.bytes', {}, h('a', { href: linkTo(key, database) }, shown(key))),
      h('td.number', {}, String(database)),
      h('td.number', {}, bytes(size))))));
}

export function bigKeys(features) {
  const host = h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Big keys' },
    h('p.empty', {}, 'None is known yet. To look through all keys reads from disk what is only there.'));
  const state = h('span.muted', { role: 'status' });
  const start = h('button.main', { onclick: () => attempt(search) }, 'Look through all keys');
  const stop = h('button', { hidden: true, onclick: () => { running = false; } }, 'Stop');
  let running = false;
  const search = async () => {
    const largest = [];
    let looked = 0;
    let cursor = '0';
    running = true;
    [start.hidden, stop.hidden] = [true, false];
    try {
      do {
        const done = await round(cursor, largest);
        looked += done.looked;
        cursor = done.next;
        state.textContent = `${whole(looked)} looked at`;
        draw(host, largest);
      } while (running && cursor !== '0');
    } finally {
      [start.hidden, stop.hidden] = [false, true];
    }
  };
  if (features.has('memory|bigkeys')) {
    attempt(async () => {
      const keys = await known();
      if (keys.length > 0 && !running) {
        state.textContent = 'changed since the start';
        draw(host, keys);
      }
    });
  }
  return {
    element: panel('Big keys', [state, start, stop], host),
    leave: () => { running = false; },
  };
}
