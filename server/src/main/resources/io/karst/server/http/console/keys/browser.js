// The keys of a database: searched, a page at a time, one of them open.

import { place } from '../api.js';
import { escaped, same, unescaped } from '../bytes.js';
import { attempt, fill, h, table } from '../dom.js';
import { bytes, ttl, whole } from '../format.js';
import { create } from './create.js';
import { Detail } from './detail.js';
import { facts } from './facts.js';
import { Search } from './search.js';

const TYPES = ['string', 'hash', 'list', 'set', 'zset', 'stream'];
const COLUMNS = [
  { title: 'Key' }, { title: 'Type' }, { title: 'TTL', number: true }, { title: 'Memory', number: true },
];

/// What was looked for last, kept while other views are open.
const wanted = { text: '', type: '', ordered: false };

export function linkTo(key, database = place.database) {
  return `#/keys/${database}/${encodeURIComponent(escaped(key))}`;
}

class Browser {
  constructor(features) {
    this.body = h('tbody');
    this.table = table('Keys', COLUMNS, []);
    this.table.tBodies[0].replaceWith(this.body);
    this.status = h('span', { role: 'status' });
    this.next = h('button', { onclick: () => attempt(() => this.load()) }, 'More');
    this.side = h('div.detail');
    this.element = h('div.browser', {}, this.listPanel(features), this.side);
    this.noKey();
  }

  listPanel(features) {
    const ordered = features.has('keyrange') ? this.orderedChoice() : null;
    return h('section.panel.list', { 'aria-label': 'Keys' },
      h('header', {}, h('h2', {}, 'Keys'), ordered,
        h('button', { onclick: () => create((key) => this.moved(key)) }, 'New key')),
      this.form(),
      h('div.keys.scrolled', {}, this.table),
      h('div.more', {}, this.status, this.next));
  }

  orderedChoice() {
    const box = h('input', {
      type: 'checkbox',
      onchange: () => {
        wanted.ordered = box.checked;
        attempt(() => this.reload());
      },
    });
    box.checked = wanted.ordered;
    const title = 'By KEYRANGE, for a prefix. Without a data directory that goes through all keys.';
    return h('label.row', { title }, box, 'in order');
  }

  form() {
    const text = h('input', {
      type: 'search', value: wanted.text, placeholder: 'Prefix, or a pattern: user:*:name',
      'aria-label': 'Prefix or pattern', spellcheck: 'false', autocapitalize: 'off',
    });
    const type = h('select', { 'aria-label': 'Type', onchange: () => form.requestSubmit() },
      h('option', { value: '' }, 'any type'), TYPES.map((name) => h('option', {}, name)));
    type.value = wanted.type;
    const form = h('form.search', {
      role: 'search',
      onsubmit: (event) => {
        event.preventDefault();
        Object.assign(wanted, { text: text.value, type: type.value });
        attempt(() => this.reload());
      },
    }, text, type, h('button.main', { type: 'submit' }, 'Find'));
    return form;
  }

  /// Searches anew.
  async reload() {
    this.search = new Search(wanted);
    fill(this.body);
    await this.load();
  }

  async load() {
    const search = this.search;
    this.next.disabled = true;
    try {
      const keys = await search.page();
      const rows = keys.length > 0 ? await facts(keys) : [];
      if (search === this.search) { // And no other has begun meanwhile.
        this.show(rows.filter(({ type }) => type !== 'none' && (search.type === '' || type === search.type)));
      }
    } finally {
      this.next.disabled = false;
    }
  }

  show(rows) {
    this.body.append(...rows.map((row) => this.line(row)));
    this.next.hidden = this.search.ended;
    const count = this.body.childElementCount;
    const more = this.search.ended ? '' : ', there may be more';
    this.status.textContent = count === 0 && this.search.ended ? 'No such key' : `${whole(count)} shown${more}`;
  }

  line({ key, type, ttl: left, memory }) {
    const open = () => { location.hash = linkTo(key); };
    return h('tr', {
      onclick: open, 'data-key': escaped(key),
      'aria-selected': String(this.key !== undefined && same(key, this.key)),
    },
    h('td', {}, h('button', { type: 'button' }, escaped(key) || '(empty)')),
    h('td', {}, h('span.tag', {}, type)),
    h('td.number', {}, left < 0 ? '' : ttl(left)),
    h('td.number', {}, memory === null ? '' : bytes(memory)));
  }

  noKey() {
    this.key = undefined;
    this.element.classList.remove('open');
    fill(this.side, h('section.panel', {}, h('p.empty', {}, 'Choose a key to see what it holds.')));
    this.mark();
  }

  /// Opens a key.
  async open(key) {
    this.key = key;
    this.element.classList.add('open');
    this.mark();
    const detail = new Detail(key, {
      moved: (name) => this.moved(name),
      changed: () => attempt(() => this.update(key)),
      back: () => { location.hash = '#/keys'; },
    });
    fill(this.side, detail.element);
    await detail.show();
  }

  mark() {
    const open = this.key === undefined ? null : escaped(this.key);
    for (const row of this.body.rows) {
      row.setAttribute('aria-selected', String(row.dataset.key === open));
    }
  }

  /// The open key has another name now, or is gone if that is null.
  async moved(name) {
    location.hash = name === null ? '#/keys' : linkTo(name);
    await attempt(() => this.reload());
  }

  /// Shows the facts of a key anew in the list.
  async update(key) {
    const row = Array.from(this.body.rows).find((line) => line.dataset.key === escaped(key));
    const [fresh] = await facts([key]);
    if (fresh.type === 'none') {
      row?.remove();
    } else {
      row?.replaceWith(this.line(fresh));
    }
  }
}

/// The view. `path` is what [linkTo] wrote behind the view's name: nothing, or database and key.
export function keys(view, path, features) {
  const browser = new Browser(features);
  fill(view, h('h1.unseen', {}, 'Keys'), browser.element);
  attempt(() => browser.reload());
  const go = (words) => attempt(async () => {
    if (words.length < 2) {
      browser.noKey();
    } else {
      await browser.open(unescaped(words[1]));
    }
  });
  go(path);
  return { go };
}
