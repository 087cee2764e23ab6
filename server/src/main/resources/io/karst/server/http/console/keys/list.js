import { ask, run, together } from '../api.js';
import { same } from '../bytes.js';
import { confirmed, openForm } from '../dialog.js';
import { h } from '../dom.js';
import { whole } from '../format.js';
import { BytesField } from './bytes-field.js';
import { cell } from './cells.js';
import { checked, wholeOf } from './elements.js';

/// Elements have no name but their place, and others may push meanwhile: what is changed has to be
/// what was shown.
async function still(key, row) {
  const [now] = checked(await ask([['LINDEX', key, row.index]]));
  const shown = row.value.start ?? row.value;
  if (now === null || !same(now.start ?? now, shown)) {
    throw new Error('The list has changed meanwhile: refresh it');
  }
}

export const list = {
  columns: [{ title: 'Index', number: true }, { title: 'Element' }],

  async page(key, from = 0, count) {
    const to = from + count - 1;
    const [values, length] = checked(await ask([['LRANGE', key, from, to], ['LLEN', key]]));
    return {
      rows: values.map((value, i) => ({ index: from + i, value })),
      next: from + values.length < length && values.length > 0 ? from + values.length : undefined,
    };
  },

  cells({ index, value }) {
    return [h('td.number.muted', {}, whole(index)), cell(value)];
  },

  async edit(key, row, refresh) {
    const load = async () => (await ask([['LINDEX', key, row.index]], { clip: 0 }))[0];
    const value = new BytesField('Element', await wholeOf(row.value, load), { rows: 8 });
    openForm({
      title: `Element ${row.index}`, fields: [value], action: 'Save',
      async done() {
        const next = value.value();
        await still(key, row);
        await run('LSET', key, row.index, next);
        await refresh();
      },
    });
  },

  remove(key, row, refresh) {
    confirmed('Delete this element?', `Index ${row.index}`, 'Delete', async () => {
      await still(key, row);
      // It is marked by what no other element can be, and that is removed.
      const mark = crypto.getRandomValues(new Uint8Array(24));
      await together(['LSET', key, row.index, mark], ['LREM', key, 1, mark]);
      await refresh();
    });
  },

  actions(key, refresh) {
    return [
      h('button', { onclick: () => push(key, 'LPUSH', 'Add at the head', refresh) }, 'Add at the head'),
      h('button', { onclick: () => push(key, 'RPUSH', 'Add at the tail', refresh) }, 'Add at the tail'),
    ];
  },
};

function push(key, command, title, refresh) {
  const value = new BytesField('Element');
  openForm({
    title, fields: [value], action: 'Add',
    async done() {
      await run(command, key, value.value());
      await refresh();
    },
  });
}
