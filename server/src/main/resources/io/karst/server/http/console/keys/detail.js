// One key: its facts, what can be done to it as a whole, and the view of its type.

import { run } from '../api.js';
import { escaped } from '../bytes.js';
import { confirmed, field, openForm } from '../dialog.js';
import { attempt, fill, h, note } from '../dom.js';
import { bytes, ttl, whole } from '../format.js';
import { BytesField } from './bytes-field.js';
import { short } from './cells.js';
import { Elements } from './elements.js';
import { facts, more } from './facts.js';
import { hash } from './hash.js';
import { list } from './list.js';
import { set } from './set.js';
import { sortedSet } from './sorted-set.js';
import { groups, stream } from './stream.js';
import { StringView } from './string.js';

const KINDS = { hash, list, set, zset: sortedSet, stream };

export class Detail {
  /// - `moved`: called with the new name of the key, null if it is gone.
  /// - `changed`: called after its facts have changed.
  constructor(key, { moved, changed, back }) {
    Object.assign(this, { key, moved, changed });
    this.tag = h('span.tag', {}, '…');
    this.list = h('dl.facts');
    this.body = h('div');
    this.element = h('section.panel', { 'aria-label': `Key ${escaped(key)}` },
      h('header', {},
        h('button.quiet.back', { onclick: back }, 'All keys'),
        this.tag, h('span.grow'),
        h('button', { onclick: () => attempt(() => this.show()) }, 'Refresh'),
        h('button', { onclick: () => this.expire() }, 'TTL…'),
        h('button', { onclick: () => this.rename() }, 'Rename…'),
        h('button.destroys', { onclick: () => this.remove() }, 'Delete…')),
      h('p.keyname', {}, escaped(key)),
      this.list, this.body);
  }

  /// Reads the key anew and shows it.
  async show() {
    const [{ type, ttl: left, memory }] = await facts([this.key]);
    this.tag.textContent = type;
    if (type === 'none') {
      fill(this.list);
      fill(this.body, h('p.empty', {}, 'There is no such key: it expired, or was deleted.'));
      return;
    }
    this.left = left;
    const { length, encoding } = await more(this.key, type);
    fill(this.list,
      fact('TTL', ttl(left)),
      memory === null ? null : fact('Memory', bytes(memory)),
      length === null ? null : fact(type === 'string' ? 'Length' : 'Elements',
        type === 'string' ? bytes(length) : whole(length)),
      encoding === null ? null : fact('Encoding', encoding));
    await this.showValue(type);
  }

  async showValue(type) {
    if (this.type !== type) {
      this.type = type;
      this.value = this.viewOf(type);
    }
    if (this.value === null) {
      fill(this.body, h('p.empty', {}, `Values of the type ${type} are not shown here.`));
      return;
    }
    await this.value.reload();
    const extra = type === 'stream' ? await groups(this.key) : null;
    fill(this.body, extra, this.value.element);
  }

  viewOf(type) {
    const changed = async () => {
      await this.show();
      this.changed();
    };
    if (type === 'string') {
      return new StringView(this.key, changed);
    }
    return type in KINDS ? new Elements(KINDS[type], this.key, changed) : null;
  }

  expire() {
    const input = h('input', {
      type: 'number', min: 1, step: 'any', placeholder: 'never',
      value: this.left > 0 ? String(this.left / 1000) : '',
    });
    openForm({
      title: 'Time to live', action: 'Set', fields: [field('Seconds from now; empty to keep it for good', input)],
      done: async () => {
        const millis = Math.round(Number(input.value) * 1000);
        if (input.value !== '' && !(millis >= 1)) {
          throw new Error('A number of seconds above 0');
        }
        await run(...(input.value === '' ? ['PERSIST', this.key] : ['PEXPIRE', this.key, millis]));
        await this.show();
        this.changed();
      },
    });
  }

  rename() {
    const name = new BytesField('New name', this.key, { rows: 2 });
    openForm({
      title: 'Rename the key', action: 'Rename', fields: [name],
      done: async () => {
        const next = name.value();
        if (await run('RENAMENX', this.key, next) === 0) {
          throw new Error('There is a key of that name already');
        }
        this.moved(next);
      },
    });
  }

  remove() {
    confirmed('Delete this key?', `${short(this.key)} and all it holds will be gone.`, 'Delete', async () => {
      await run('UNLINK', this.key);
      note('Deleted');
      this.moved(null);
    });
  }
}

function fact(name, value) {
  return h('div', {}, h('dt', {}, `${name} `), h('dd', {}, value));
}
