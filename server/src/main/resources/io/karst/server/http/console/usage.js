// The view of the keys that cost most: time and traffic, and memory.

import { bigKeys } from './big-keys.js';
import { fill, h } from './dom.js';
import { hotKeys } from './hot-keys.js';
import { prefixes } from './prefixes.js';

export function usage(view, path, features) {
  const panels = [];
  if (features.has('hotkeys|get')) {
    panels.push(hotKeys());
  }
  if (features.has('memory|usage')) {
    panels.push(bigKeys(features));
  }
  if (features.has('memory|prefixes')) {
    panels.push(prefixes());
  }
  fill(view, h('h1.unseen', {}, 'Hot and big keys'), panels.map(({ element }) => element));
  return { leave: () => panels.forEach(({ leave }) => leave()) };
}
