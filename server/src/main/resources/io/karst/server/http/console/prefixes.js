// What keys take that begin alike: MEMORY PREFIXES, which looks at every key of the database.

import { ask, ReplyError } from './api.js';
import { attempt, fill, h, panel, table } from './dom.js';
import { bytes, whole } from './format.js';
import { shown } from './keys/cells.js';

const COUNT = 30;

const COLUMNS = [{ title: 'Prefix' }, { title: 'Keys', number: true }, { title: 'Memory', number: true }];

export function prefixes() {
  const host = h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Prefixes' },
    h('p.empty', {}, 'Keys are added up by what they begin with, up to a colon. That looks at every key of the database.'));
  const depth = h('select', { 'aria-label': 'Up to which colon' },
    [1, 2, 3, 4].map((each) => h('option', { value: String(each) }, `${each} deep`)));
  const start = h('button.main', { onclick: () => attempt(add) }, 'Add up');
  const add = async () => {
    start.disabled = true;
    try {
      const [reply] = await ask([['MEMORY', 'PREFIXES', 'DEPTH', depth.value, 'COUNT', COUNT]]);
      if (reply instanceof ReplyError) {
        throw reply;
      }
      fill(host, table('Prefixes', COLUMNS, reply.map(([prefix, keys, size]) =>
        h('tr', {}, h('td.bytes', {}, shown(prefix)), h('td.number', {}, whole(keys)), h('td.number', {}, bytes(size))))));
    } finally {
      start.disabled = false;
    }
  };
  return { element: panel('Prefixes', [depth, start], host), leave: () => {} };
}
