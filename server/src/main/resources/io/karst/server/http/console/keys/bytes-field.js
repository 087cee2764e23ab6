// A field for a string of the store: as text, or escaped where text would lose something.

import { escaped, isPlain, unescaped } from '../bytes.js';
import { h } from '../dom.js';

let number = 0;

export class BytesField {
  constructor(name, value = '', { rows = 3 } = {}) {
    this.isEscaped = !isPlain(value);
    this.area = h('textarea.mono', {
      id: `bytes-${++number}`, rows, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off',
    });
    this.area.value = this.isEscaped ? escaped(value) : value;
    this.buttons = [['Text', false], ['Escaped', true]].map(([label, mode]) =>
      h('button', { type: 'button', onclick: () => this.switchTo(mode) }, label));
    this.wrong = h('small.danger-text', { role: 'alert' });
    this.element = h('div.field', {},
      h('div.row', {},
        h('label.name.grow', { for: this.area.id }, name),
        h('span.choice', { role: 'group', 'aria-label': `How ${name.toLowerCase()} is written` }, this.buttons)),
      this.area, this.wrong);
    this.mark();
  }

  /// What it holds; throws Error if that is no escaped string.
  value() {
    return this.isEscaped ? unescaped(this.area.value) : this.area.value;
  }

  switchTo(mode) {
    this.wrong.textContent = '';
    try {
      const value = this.value();
      if (!mode && !isPlain(value)) {
        throw new Error('It is not all text: only the escaped form can hold it.');
      }
      this.area.value = mode ? escaped(value) : value;
      this.isEscaped = mode;
    } catch (error) {
      this.wrong.textContent = error.message;
    }
    this.mark();
  }

  mark() {
    this.buttons.forEach((button, i) =>
      button.setAttribute('aria-pressed', String(this.isEscaped === (i === 1))));
  }
}
