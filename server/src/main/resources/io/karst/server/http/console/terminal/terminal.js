// The command line.

import { place, raw } from '../api.js';
import { confirmed } from '../dialog.js';
import { attempt, fill, h } from '../dom.js';
import { answer } from './answer.js';
import { Completion } from './completion.js';
import { docs, isDangerous } from './docs.js';
import { words } from './words.js';

const HISTORY = 'karst.history';
const HISTORY_MAX = 200;
const SHOWN_MAX = 200;

/// What was run and answered, kept while other views are open.
const output = h('div.output', {
  role: 'log', tabindex: 0, 'aria-label': 'Commands and replies',
});

class History {
  constructor() {
    this.lines = JSON.parse(sessionStorage.getItem(HISTORY) ?? '[]');
    this.at = this.lines.length;
  }

  /// A line that has a password is not kept.
  add(line) {
    if (line !== this.lines.at(-1) && !/\b(auth|requirepass|masterauth|setuser)\b/i.test(line)) {
      this.lines.push(line);
      this.lines = this.lines.slice(-HISTORY_MAX);
      sessionStorage.setItem(HISTORY, JSON.stringify(this.lines));
    }
    this.at = this.lines.length;
  }

  step(by) {
    this.at = Math.min(Math.max(this.at + by, 0), this.lines.length);
    return this.lines[this.at] ?? '';
  }
}

function show(...nodes) {
  output.append(...nodes);
  while (output.childElementCount > SHOWN_MAX) {
    output.firstElementChild.remove();
  }
  output.scrollTop = output.scrollHeight;
}

/// Changes the database as SELECT would, as no connection is kept.
async function select(list) {
  const number = Number(list[1]);
  const [reply] = await raw([['PING']], { database: number });
  if (reply?.error === undefined) {
    const chooser = document.getElementById('database');
    place.database = number;
    chooser.value = String(number);
  }
  return { status: 'OK' };
}

async function execute(line, list) {
  show(h('div.asked', {}, `${place.database}> ${line}`));
  let shown;
  try {
    const isSelect = String(list[0]).toLowerCase() === 'select' && /^\d+$/.test(list[1] ?? '') && list.length === 2;
    shown = answer(isSelect ? await select(list) : (await raw([list]))[0]);
  } catch (error) {
    shown = h('span.error', {}, error.message);
  }
  show(h('div.answer', {}, shown));
}

export function terminal(view) {
  const history = new History();
  const input = h('input', {
    id: 'line', role: 'combobox', 'aria-autocomplete': 'list', 'aria-label': 'Command', spellcheck: 'false',
    autocomplete: 'off', autocapitalize: 'off', placeholder: 'A command: Tab completes, ↑ brings back',
  });
  const hint = h('div.hint');
  const completion = new Completion(input, hint);
  const submit = async () => {
    const line = input.value.trim();
    const list = words(line);
    if (list.length === 0) {
      return;
    }
    const go = async () => {
      history.add(line);
      input.value = '';
      completion.update();
      await execute(line, list);
    };
    completion.close();
    if (isDangerous(list)) {
      confirmed('Run this command?', `${line} — it destroys something, or holds up others.`, 'Run it', go);
    } else {
      await go();
    }
  };
  const form = h('form', { onsubmit: (event) => { event.preventDefault(); attempt(submit); } },
    h('label', { for: 'line' }, '›'), input, h('button.main', { type: 'submit' }, 'Run'));
  input.addEventListener('input', () => completion.update());
  input.addEventListener('blur', () => completion.close());
  input.addEventListener('keydown', (event) => press(event, input, completion, history));
  fill(view, h('h1.unseen', {}, 'Command line'),
    h('section.panel.terminal', {}, output, hint, form));
  if (!output.hasChildNodes()) {
    show(h('p.muted', {}, 'Each command runs in a connection of its own: MULTI, WATCH and SUBSCRIBE have no effect on the next.'));
  }
  output.scrollTop = output.scrollHeight;
  input.focus();
  attempt(async () => {
    completion.commands = await docs();
    completion.update(); // Somebody may have typed meanwhile.
  });
  return {};
}

function press(event, input, completion, history) {
  if (event.key === 'Tab' && completion.isOpen && !event.shiftKey) {
    completion.take();
  } else if (event.key === 'Escape' && completion.isOpen) {
    completion.close();
  } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const step = event.key === 'ArrowUp' ? -1 : 1;
    if (!completion.move(step)) {
      input.value = history.step(step);
    }
  } else {
    return;
  }
  event.preventDefault();
}
