import { ask, run } from '../api.js';
import { confirmed, field, openForm } from '../dialog.js';
import { h } from '../dom.js';
import { whole } from '../format.js';
import { BytesField } from './bytes-field.js';
import { cell, short } from './cells.js';
import { checked } from './elements.js';
import { nameable } from './set.js';

const END = '0';

function pairs(flat) {
  if (Array.isArray(flat[0])) {
    return flat.map(([member, score]) => ({ member, score }));
  }
  const rows = [];
  for (let i = 0; i < flat.length; i += 2) {
    rows.push({ member: flat[i], score: flat[i + 1] });
  }
  return rows;
}

/// Those that match, in no order.
async function matching(key, cursor = '0', count, filter) {
  const [[next, flat]] = checked(await ask([['ZSCAN', key, cursor, 'MATCH', filter, 'COUNT', count]]));
  return { rows: pairs(flat), next: next === END ? undefined : next };
}

/// All, by rank.
async function ranked(key, from = 0, count) {
  const [flat, size] = checked(
    await ask([['ZRANGE', key, from, from + count - 1, 'WITHSCORES'], ['ZCARD', key]]));
  const rows = pairs(flat).map((row, i) => ({ ...row, rank: from + i }));
  return { rows, next: from + rows.length < size && rows.length > 0 ? from + rows.length : undefined };
}

function scoreInput(score) {
  return h('input.mono', { value: String(score), inputmode: 'decimal', autocomplete: 'off' });
}

export const sortedSet = {
  columns: [{ title: 'Rank', number: true }, { title: 'Score', number: true }, { title: 'Member' }],
  filter: 'Members that match, e.g. user:*',

  page(key, cursor, count, filter) {
    return filter ? matching(key, cursor, count, filter) : ranked(key, cursor, count);
  },

  cells({ member, score, rank }) {
    return [
      h('td.number.muted', {}, rank === undefined ? '' : whole(rank)),
      h('td.number.mono', {}, String(score)),
      cell(member),
    ];
  },

  edit(key, row, refresh) {
    nameable(row.member);
    const score = scoreInput(row.score);
    openForm({
      title: `Score of ${short(row.member)}`, fields: [field('Score', score)], action: 'Save',
      async done() {
        await run('ZADD', key, 'XX', score.value.trim(), row.member);
        await refresh();
      },
    });
  },

  remove(key, row, refresh) {
    confirmed('Delete this member?', short(row.member), 'Delete', async () => {
      await run('ZREM', key, nameable(row.member));
      await refresh();
    });
  },

  actions(key, refresh) {
    return [h('button', { onclick: () => add(key, refresh) }, 'Add a member')];
  },
};

function add(key, refresh) {
  const member = new BytesField('Member', '', { rows: 2 });
  const score = scoreInput('0');
  openForm({
    title: 'Add a member', fields: [member, field('Score', score)], action: 'Add',
    async done() {
      if (await run('ZADD', key, 'NX', score.value.trim(), member.value()) === 0) {
        throw new Error('The sorted set has this member already: edit its score');
      }
      await refresh();
    },
  });
}
