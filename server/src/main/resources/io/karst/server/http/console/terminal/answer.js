// Replies of the API, drawn by their type.

import { stringOf } from '../api.js';
import { Clipped, escaped } from '../bytes.js';
import { h } from '../dom.js';
import { bytes } from '../format.js';

/// Items of an aggregate that are drawn.
const ITEMS = 1000;

function bulk(value) {
  const text = `"${escaped(value).replaceAll('"', '\\"')}"`;
  return value instanceof Clipped
    ? h('span', {}, text, h('span.kind', {}, ` … ${bytes(value.size)} in all`))
    : h('span', {}, text);
}

function items(kind, list, draw) {
  if (list.length === 0) {
    return h('span.kind', {}, `(empty ${kind})`);
  }
  const width = String(Math.min(list.length, ITEMS)).length + 1;
  const lines = list.slice(0, ITEMS).map((item, i) =>
    h('div.item', {}, h('span.index', {}, `${i + 1})`.padStart(width)), draw(item)));
  if (list.length > ITEMS) {
    lines.push(h('div.kind', {}, `… and ${list.length - ITEMS} more`));
  }
  return h('div', {}, kind === 'array' ? null : h('div.kind', {}, `(${kind})`), lines);
}

function pair([key, value]) {
  return h('div', {}, answer(key), h('span.kind', {}, ' → '), answer(value));
}

/// The element of a reply.
export function answer(reply) {
  if (reply === null) {
    return h('span.kind', {}, '(nil)');
  }
  if (typeof reply === 'number') {
    return h('span.int', {}, `(integer) ${reply}`);
  }
  if (typeof reply === 'boolean') {
    return h('span.int', {}, `(${reply})`);
  }
  if (Array.isArray(reply)) {
    return items('array', reply, answer);
  }
  const string = stringOf(reply);
  return string === undefined ? tagged(reply) : bulk(string);
}

function tagged(reply) {
  const [kind] = Object.keys(reply);
  switch (kind) {
    case 'status':
      return h('span.status', {}, reply.status);
    case 'error':
      return h('span.error', {}, `(error) ${reply.error}`);
    case 'map':
      return items('map', reply.map, pair);
    case 'set':
      return items('set', reply.set, answer);
    case 'verbatim':
      return h('span', {}, reply.verbatim.replaceAll('\r', ''));
    default:
      return h('span.int', {}, `(${kind === 'int' ? 'integer' : kind}) ${reply[kind]}`);
  }
}
