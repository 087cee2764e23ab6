// A new key of a type, with its first element.

import { run } from '../api.js';
import { field, openForm } from '../dialog.js';
import { fill, h } from '../dom.js';
import { BytesField } from './bytes-field.js';

/// A type: the fields that its first element takes, and the command that makes it. Each is refused
/// by the server if the key is of another type, and adds to it otherwise.
const KINDS = {
  string: (value) => ({ fields: [value], words: () => ['SET', value.value(), 'NX'] }),
  hash: (value) => withName('Field', value, (name) => ['HSET', name.value(), value.value()]),
  list: (value) => ({ fields: [value], words: () => ['RPUSH', value.value()] }),
  set: (value) => ({ fields: [value], words: () => ['SADD', value.value()] }),
  zset: (value) => {
    const score = h('input.mono', { value: '0', inputmode: 'decimal' });
    return { fields: [value, field('Score', score)], words: () => ['ZADD', score.value.trim(), value.value()] };
  },
  stream: (value) => withName('Field', value, (name) => ['XADD', '*', name.value(), value.value()]),
};

function withName(label, value, words) {
  const name = new BytesField(label, '', { rows: 1 });
  return { fields: [name, value], words: () => words(name) };
}

/// Asks for a new key; `made` is called with its name.
export function create(made) {
  const name = new BytesField('Key', '', { rows: 1 });
  const type = h('select', { onchange: () => show() }, Object.keys(KINDS).map((kind) => h('option', {}, kind)));
  const rest = h('div.field');
  let chosen;
  const show = () => {
    chosen = KINDS[type.value](new BytesField('Value'));
    fill(rest, chosen.fields.map((part) => part.element ?? part));
  };
  show();
  openForm({
    title: 'New key', action: 'Create', fields: [name, field('Type', type), rest],
    async done() {
      const key = name.value();
      const [command, ...words] = chosen.words();
      if (await run('EXISTS', key) === 1 || await run(command, key, ...words) === null) {
        throw new Error('There is a key of that name already');
      }
      await made(key);
    },
  });
}
