// Dialogs: a form to fill in, a question to confirm.

import { h } from './dom.js';

/// Asks for what `fields` hold, and calls `done` with them; the dialog closes when that succeeds,
/// and shows why it did not otherwise.
///
/// - `fields`: elements, or objects with an `element`.
/// - `destroys`: whether what it does cannot be taken back; Cancel has the focus then.
export function openForm({ title, text, fields = [], action, destroys = false, done }) {
  const wrong = h('p.wrong', { role: 'alert', hidden: true });
  const cancel = h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel');
  const submit = h(destroys ? 'button.main.destroys' : 'button.main', { type: 'submit' }, action);
  const form = h('form', { method: 'dialog', novalidate: true },
    h('h1', {}, title),
    text ? h('p', {}, text) : null,
    fields.map((field) => field.element ?? field),
    wrong,
    h('div.row', {}, cancel, submit));
  const dialog = h('dialog', { 'aria-label': title }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await done();
      dialog.close();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
    submit.disabled = false;
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (destroys ? cancel : form.querySelector('textarea, input, select') ?? submit).focus();
}

/// Has something destructive confirmed first.
export function confirmed(title, text, action, done) {
  openForm({ title, text, action, destroys: true, done });
}

/// A labelled input; its element is the label.
export function field(name, input) {
  return h('label.field', {}, h('span', {}, name), input);
}
