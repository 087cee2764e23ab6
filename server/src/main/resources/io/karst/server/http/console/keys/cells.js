// Strings of the store in tables.

import { Clipped, escaped, sizeOf } from '../bytes.js';
import { h } from '../dom.js';
import { bytes } from '../format.js';

/// Characters of a cell beyond which the rest is left out.
const SHOWN = 400;

/// A string, shortened if it is long.
export function shown(value) {
  const text = escaped(value);
  if (text.length <= SHOWN && !(value instanceof Clipped)) {
    return h('span', {}, text === '' ? h('span.muted', {}, '(empty)') : text);
  }
  return h('span', {}, text.slice(0, SHOWN), h('span.muted', {}, ` … ${bytes(sizeOf(value))}`));
}

export function cell(value) {
  return h('td.bytes', {}, shown(value));
}

/// The title of a key, a field or a member in a question.
export function short(value) {
  const text = escaped(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
