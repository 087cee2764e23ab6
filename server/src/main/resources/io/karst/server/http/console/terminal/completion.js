// The list of what a line may become: chosen with the arrows and Tab, or pointed at.

import { h } from '../dom.js';
import { completions, entryOf } from './docs.js';

const SHOWN = 40;

export class Completion {
  /// - `input`: the field that it completes.
  /// - `hint`: where it says what the line's command takes.
  constructor(input, hint) {
    Object.assign(this, { input, hint });
    this.commands = new Map();
    this.list = h('ul.suggestions', { id: 'suggestions', role: 'listbox', 'aria-label': 'Commands', hidden: true });
    this.text = h('span');
    hint.append(this.text, this.list);
    input.setAttribute('aria-controls', 'suggestions');
    this.close();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /// Follows what is typed.
  update() {
    const entry = entryOf(this.commands, this.input.value);
    this.text.textContent = entry === undefined ? '' : `${entry.name.toUpperCase()} ${entry.syntax} — ${entry.summary}`;
    this.found = completions(this.commands, this.input.value).slice(0, SHOWN);
    if (this.found.length === 0 || /\s\S+\s/.test(this.input.value.trimStart())) {
      this.close();
      return;
    }
    this.list.replaceChildren(...this.found.map((each, i) =>
      h('li', {
        id: `suggestion-${i}`, role: 'option', onmousedown: (event) => {
          event.preventDefault();
          this.take(i);
        },
      }, h('b', {}, each.name.toUpperCase()), ' ', h('span', {}, each.summary))));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.choose(0);
  }

  choose(index) {
    this.chosen = (index + this.found.length) % this.found.length;
    [...this.list.children].forEach((item, i) =>
      item.setAttribute('aria-selected', String(i === this.chosen)));
    this.list.children[this.chosen].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', `suggestion-${this.chosen}`);
  }

  /// Moves the choice; whether there is one.
  move(step) {
    if (this.isOpen) {
      this.choose(this.chosen + step);
    }
    return this.isOpen;
  }

  /// Takes what is chosen.
  take(index = this.chosen) {
    this.input.value = `${this.found[index].name.toUpperCase()} `;
    this.update();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
