import { ask, run } from '../api.js';
import { sizeOf } from '../bytes.js';
import { attempt, fill, h, note } from '../dom.js';
import { bytes, whole } from '../format.js';
import { BytesField } from './bytes-field.js';
import { checked } from './elements.js';

/// Bytes that are shown at a time; a longer value is read and written a part at a time.
const PART = 16 << 10;

/// The view of a string: the whole of a short one, parts of a long one.
export class StringView {
  constructor(key, changed) {
    Object.assign(this, { key, changed });
    this.offset = 0;
    this.element = h('div');
  }

  async reload() {
    const [size, part] = checked(await ask(
      [['STRLEN', this.key], ['GETRANGE', this.key, this.offset, this.offset + PART - 1]], { clip: 0 }));
    this.size = size;
    this.part = sizeOf(part);
    this.field = new BytesField(size > PART ? 'Part of the value' : 'Value', part, { rows: 14 });
    fill(this.element,
      h('div.bar', {},
        h('button.main', { onclick: () => attempt(() => this.save()) }, 'Save'),
        size > PART ? this.pager() : null),
      h('div.value', {}, this.field.element));
  }

  pager() {
    const end = this.offset + this.part;
    const go = (offset) => attempt(async () => {
      this.offset = Math.max(0, offset);
      await this.reload();
    });
    return [
      h('button', { disabled: this.offset === 0, onclick: () => go(this.offset - PART) }, 'Back'),
      h('button', { disabled: end >= this.size, onclick: () => go(end) }, 'On'),
      h('span.muted', {}, `bytes ${whole(this.offset)} to ${whole(end - 1)} of ${bytes(this.size)}`),
    ];
  }

  async save() {
    const value = this.field.value();
    if (this.size <= PART) {
      if (await run('SET', this.key, value, 'XX', 'KEEPTTL') === null) {
        throw new Error('The key is not there any more');
      }
    } else if (sizeOf(value) !== this.part) {
      throw new Error(`A part of a long value keeps its length: ${this.part} bytes, not ${sizeOf(value)}`);
    } else {
      await run('SETRANGE', this.key, this.offset, value);
    }
    note('Saved');
    await this.changed();
  }
}
