import { ask, run, together } from '../api.js';
import { Clipped, same } from '../bytes.js';
import { confirmed, openForm } from '../dialog.js';
import { h } from '../dom.js';
import { BytesField } from './bytes-field.js';
import { cell, short } from './cells.js';
import { checked } from './elements.js';

const END = '0';

/// A member cut short cannot be named to the server.
export function nameable(member) {
  if (member instanceof Clipped) {
    throw new Error('The member is too long to be changed here');
  }
  return member;
}

export const set = {
  columns: [{ title: 'Member' }],
  filter: 'Members that match, e.g. user:*',

  async page(key, cursor = '0', count, filter) {
    const match = filter ? ['MATCH', filter] : [];
    const [[next, members]] = checked(await ask([['SSCAN', key, cursor, ...match, 'COUNT', count]]));
    return { rows: members, next: next === END ? undefined : next };
  },

  cells(member) {
    return [cell(member)];
  },

  edit(key, member, refresh) {
    const value = new BytesField('Member', nameable(member));
    openForm({
      title: 'Replace this member', fields: [value], action: 'Replace',
      async done() {
        const next = value.value();
        if (!same(next, member)) {
          await together(['SREM', key, member], ['SADD', key, next]);
        }
        await refresh();
      },
    });
  },

  remove(key, member, refresh) {
    confirmed('Delete this member?', short(member), 'Delete', async () => {
      await run('SREM', key, nameable(member));
      await refresh();
    });
  },

  actions(key, refresh) {
    return [h('button', { onclick: () => add(key, refresh) }, 'Add a member')];
  },
};

function add(key, refresh) {
  const value = new BytesField('Member');
  openForm({
    title: 'Add a member', fields: [value], action: 'Add',
    async done() {
      if (await run('SADD', key, value.value()) === 0) {
        throw new Error('The set has this member already');
      }
      await refresh();
    },
  });
}
