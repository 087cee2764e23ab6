import { ask, named, run } from '../api.js';
import { confirmed, field, openForm } from '../dialog.js';
import { h, table } from '../dom.js';
import { moment, whole } from '../format.js';
import { BytesField } from './bytes-field.js';
import { shown } from './cells.js';
import { checked } from './elements.js';

/// The newest first. Entries do not change once they are there.
export const stream = {
  columns: [{ title: 'ID' }, { title: 'Fields' }],

  async page(key, before = '+', count) {
    const [entries] = checked(await ask([['XREVRANGE', key, before, '-', 'COUNT', count]]));
    const rows = entries.map(([id, fields]) => ({ id, fields }));
    return { rows, next: rows.length === count ? `(${rows.at(-1).id}` : undefined };
  },

  cells({ id, fields }) {
    const pairs = [];
    for (let i = 0; i < fields.length; i += 2) {
      pairs.push(h('div', {}, h('b', {}, shown(fields[i])), ' ', shown(fields[i + 1])));
    }
    const at = Number(id.split('-')[0]) / 1000;
    const when = at > 1e8 && at < 1e11 ? moment(at) : '';
    return [
      h('td.mono', {}, id, when ? h('div.muted', {}, when) : null),
      h('td.bytes', {}, h('div.entry', {}, pairs)),
    ];
  },

  remove(key, row, refresh) {
    confirmed('Delete this entry?', row.id, 'Delete', async () => {
      await run('XDEL', key, row.id);
      await refresh();
    });
  },

  actions(key, refresh) {
    return [h('button', { onclick: () => add(key, refresh) }, 'Add an entry')];
  },
};

function add(key, refresh) {
  const id = h('input.mono', { value: '*', autocomplete: 'off' });
  const pairs = [];
  const list = h('div.field');
  const another = () => {
    const pair = [new BytesField('Field', '', { rows: 1 }), new BytesField('Value', '', { rows: 1 })];
    pairs.push(pair);
    list.append(pair[0].element, pair[1].element);
  };
  another();
  openForm({
    title: 'Add an entry', action: 'Add',
    fields: [list, h('button', { type: 'button', onclick: another }, 'One more field'), field('ID', id)],
    async done() {
      const words = pairs.flatMap(([name, value]) => [name.value(), value.value()]);
      await run('XADD', key, id.value.trim(), ...words);
      await refresh();
    },
  });
}

/// The groups of consumers, if there are some; null otherwise.
export async function groups(key) {
  const [reply] = await ask([['XINFO', 'GROUPS', key]]);
  if (!Array.isArray(reply) || reply.length === 0) {
    return null;
  }
  const rows = reply.map(named).map((group) =>
    h('tr', {},
      h('td.bytes', {}, shown(group.name)),
      h('td.number', {}, whole(group.consumers)),
      h('td.number', {}, whole(group.pending)),
      h('td.number', {}, group.lag === null ? '' : whole(group.lag)),
      h('td.mono', {}, group['last-delivered-id'])));
  const columns = [
    { title: 'Group' }, { title: 'Consumers', number: true }, { title: 'Pending', number: true },
    { title: 'Lag', number: true }, { title: 'Last delivered' },
  ];
  return h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Groups' }, table('Groups', columns, rows));
}
