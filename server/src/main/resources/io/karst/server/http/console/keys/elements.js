// The view of a collection: its elements, a page at a time, with what can be done to each.

import { ApiError, ReplyError } from '../api.js';
import { Clipped } from '../bytes.js';
import { attempt, fill, h, table } from '../dom.js';
import { bytes, whole } from '../format.js';

/// Elements that are asked for at a time; fewer, if those are too large for one answer.
const PAGE = 100;

/// Bytes of one element beyond which it is not edited here.
const EDITED_MAX = 1 << 20;

/// Shows the elements of a key.
///
/// `kind` has `columns`, `page(key, cursor, count, filter)` that answers `{rows, next}` (no `next`
/// at the end), `cells(row)`, `remove(key, row)`, perhaps `edit(key, row, refresh)`,
/// `actions(key, refresh)`, and `filter`, the label of a field that narrows them down.
export class Elements {
  constructor(kind, key, changed) {
    Object.assign(this, { kind, key, changed });
    this.count = PAGE;
    this.body = h('tbody');
    this.table = table('Elements', [...kind.columns, { title: '' }], []);
    this.table.tBodies[0].replaceWith(this.body);
    this.status = h('span', { role: 'status' });
    this.next = h('button', { onclick: () => attempt(() => this.load()) }, 'Load more');
    this.filter = kind.filter ? h('input.mono.grow', {
      type: 'search', placeholder: kind.filter, 'aria-label': kind.filter, spellcheck: 'false',
      onchange: () => attempt(() => this.reload()),
    }) : null;
    this.element = h('div', {},
      h('div.bar', {}, kind.actions(key, () => this.refresh()), this.filter),
      h('div.elements.scrolled', { tabindex: 0, role: 'region', 'aria-label': 'Elements' }, this.table),
      h('div.more', {}, this.status, this.next));
  }

  /// Loads the first page again.
  async reload() {
    this.cursor = undefined;
    this.rows = 0;
    fill(this.body);
    await this.load();
  }

  /// After a change: what is shown, and the facts of the key.
  async refresh() {
    await this.changed();
  }

  async load() {
    const { rows, next } = await this.page();
    this.body.append(...rows.map((row) => this.line(row)));
    this.cursor = next;
    this.rows += rows.length;
    this.next.hidden = next === undefined;
    this.status.textContent = `${whole(this.rows)} shown${next === undefined ? '' : ', there are more'}`;
  }

  /// The next page: of fewer elements where they are too large for one answer.
  async page() {
    for (;;) {
      try {
        return await this.kind.page(this.key, this.cursor, this.count, this.filter?.value ?? '');
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 413 || this.count === 1) {
          throw error;
        }
        this.count = Math.max(1, Math.floor(this.count / 8));
      }
    }
  }

  line(row) {
    const acts = h('td.acts', {},
      this.kind.edit ? h('button.quiet', { onclick: () => this.edit(row) }, 'Edit') : null,
      h('button.quiet.destroys', { onclick: () => this.kind.remove(this.key, row, () => this.refresh()) },
        'Delete'));
    return h('tr', {}, this.kind.cells(row), acts);
  }

  edit(row) {
    return attempt(() => this.kind.edit(this.key, row, () => this.refresh()));
  }
}

/// The whole of an element that may have been cut short.
///
/// - `load`: asks for it.
export async function wholeOf(value, load) {
  if (!(value instanceof Clipped)) {
    return value;
  }
  if (value.size > EDITED_MAX) {
    throw new Error(`It has ${bytes(value.size)}, more than is edited here (${bytes(EDITED_MAX)})`);
  }
  const reply = await load();
  if (reply === null) {
    throw new Error('It is not there any more');
  }
  return reply;
}

/// Throws the error among replies, if there is one.
export function checked(replies) {
  const failed = replies.find((reply) => reply instanceof ReplyError);
  if (failed !== undefined) {
    throw failed;
  }
  return replies;
}
