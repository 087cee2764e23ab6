import { ask, run } from '../api.js';
import { confirmed, openForm } from '../dialog.js';
import { h } from '../dom.js';
import { ttl } from '../format.js';
import { BytesField } from './bytes-field.js';
import { cell, short } from './cells.js';
import { checked, wholeOf } from './elements.js';

const END = '0';

async function expiries(key, fields) {
  if (fields.length === 0) {
    return [];
  }
  const reply = await ask([['HPTTL', key, 'FIELDS', fields.length, ...fields]]);
  return Array.isArray(reply[0]) ? reply[0] : [];
}

export const hash = {
  columns: [{ title: 'Field' }, { title: 'Value' }, { title: 'TTL', number: true }],
  filter: 'Fields that match, e.g. user:*',

  async page(key, cursor = '0', count, filter) {
    const match = filter ? ['MATCH', filter] : [];
    const [[next, flat]] = checked(await ask([['HSCAN', key, cursor, ...match, 'COUNT', count]]));
    const rows = [];
    for (let i = 0; i < flat.length; i += 2) {
      rows.push({ field: flat[i], value: flat[i + 1] });
    }
    const named = rows.filter(({ field }) => typeof field === 'string' || field instanceof Uint8Array);
    const left = await expiries(key, named.map((row) => row.field));
    named.forEach((row, i) => { row.ttl = left[i] ?? -1; });
    return { rows, next: next === END ? undefined : next };
  },

  cells({ field, value, ttl: left }) {
    return [cell(field), cell(value), h('td.number', {}, left >= 0 ? ttl(left) : '')];
  },

  async edit(key, row, refresh) {
    const load = async () => (await ask([['HGET', key, row.field]], { clip: 0 }))[0];
    const value = new BytesField('Value', await wholeOf(row.value, load), { rows: 8 });
    openForm({
      title: `Field ${short(row.field)}`, fields: [value], action: 'Save',
      async done() {
        await run('HSETEX', key, 'FXX', 'KEEPTTL', 'FIELDS', 1, row.field, value.value());
        await refresh();
      },
    });
  },

  remove(key, row, refresh) {
    confirmed('Delete this field?', short(row.field), 'Delete', async () => {
      await run('HDEL', key, row.field);
      await refresh();
    });
  },

  actions(key, refresh) {
    return [h('button', { onclick: () => add(key, refresh) }, 'Add a field')];
  },
};

function add(key, refresh) {
  const name = new BytesField('Field', '', { rows: 1 });
  const value = new BytesField('Value');
  openForm({
    title: 'Add a field', fields: [name, value], action: 'Add',
    async done() {
      if (await run('HSETNX', key, name.value(), value.value()) === 0) {
        throw new Error('The hash has this field already: edit it');
      }
      await refresh();
    },
  });
}
