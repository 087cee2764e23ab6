// Elements, made and filled.

/// Makes an element. Properties that are functions are listeners (`onclick`); false, null and
/// undefined leave an attribute out, true is an empty one. Children may be nodes, text, or lists.
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'value') {
      element.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((c) => c !== null && c !== false));
}

/// A panel: a heading with controls beside it, and a body below.
export function panel(title, controls, ...body) {
  return h('section.panel', {}, h('header', {}, h('h2', {}, title), ...controls), ...body);
}

/// A table of rows; columns are `{title, number}`.
export function table(caption, columns, rows) {
  const head = columns.map((column) =>
    h(column.number ? 'th.number' : 'th', { scope: 'col' },
      column.title || h('span.unseen', {}, 'Actions')));
  return h('table', {},
    h('caption.unseen', {}, caption),
    h('thead', {}, h('tr', {}, head)),
    h('tbody', {}, rows));
}

/// Says something in passing, in the corner.
export function note(text, bad = false) {
  const line = h(bad ? 'p.bad' : 'p', {}, text);
  const notes = document.getElementById('notes');
  notes.append(line);
  while (notes.childElementCount > 4) {
    notes.firstElementChild.remove();
  }
  setTimeout(() => line.remove(), bad ? 8000 : 3500);
}

/// Runs what an action does, and tells what went wrong.
export async function attempt(action) {
  try {
    await action();
  } catch (error) {
    note(error.message, true);
  }
}
