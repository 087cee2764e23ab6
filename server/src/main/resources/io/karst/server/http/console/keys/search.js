// Looking for keys, a page at a time: by SCAN, or in order by KEYRANGE.

import { ask, ReplyError } from '../api.js';
import { escaped, ofBytes, toBytes, unescaped } from '../bytes.js';

const PAGE = 100;

/// Keys that one SCAN looks at, and how many there are before it is told what was found.
const ROUND = 1000;
const ROUNDS = 20;

/// The cursor a scan begins and ends with.
const END = '0';

const BACKSLASH = 0x5c;
const STAR = 0x2a;

/// The glob of what was typed: itself if it has a glob's signs, else the keys that begin with it.
/// `\xNN` is a byte in both.
export function glob(text) {
  if (/[*?[\]]/.test(text)) {
    return unescaped(text.replace(/\\(?!x[0-9a-fA-F]{2})/g, '\\\\'));
  }
  const literal = Array.from(toBytes(unescaped(text)))
    .flatMap((byte) => (byte === BACKSLASH ? [byte, byte] : [byte]));
  return ofBytes(Uint8Array.from([...literal, STAR]));
}

/// The least string above all that begin with these bytes; undefined if there is none.
export function after(prefix) {
  const end = Uint8Array.from(toBytes(prefix));
  for (let i = end.length - 1; i >= 0; i--) {
    if (end[i] < 255) {
      end[i]++;
      return ofBytes(end.slice(0, i + 1));
    }
  }
  return undefined;
}

/// `[` or `(` before bytes.
function bound(sign, value) {
  return ofBytes(Uint8Array.from([sign.charCodeAt(0), ...toBytes(value)]));
}

async function asked(command) {
  const [reply] = await ask([command]);
  if (reply instanceof ReplyError) {
    throw reply;
  }
  return reply;
}

/// One search; [#page] goes on with it. A page has at most 100 keys: the facts of so many are asked for
/// in one request.
export class Search {
  constructor({ text, type, ordered }) {
    Object.assign(this, { text, type, ordered });
    this.ended = false;
    this.names = new Set();
    this.found = []; // And not yet answered.
  }

  /// The next keys; [#ended] tells whether there are more.
  page() {
    return this.ordered ? this.range() : this.scan();
  }

  async scan() {
    const match = glob(this.text);
    const type = this.type === '' ? [] : ['TYPE', this.type];
    for (let round = 0; round < ROUNDS && this.found.length < PAGE && this.cursor !== END; round++) {
      const [next, found] = await asked(
        ['SCAN', this.cursor ?? END, 'MATCH', match, 'COUNT', ROUND, ...type]);
      this.found.push(...found.filter((key) => this.isNew(key)));
      this.cursor = next;
    }
    const keys = this.found.splice(0, PAGE);
    this.ended = this.cursor === END && this.found.length === 0;
    return keys;
  }

  /// A scan may answer a key twice.
  isNew(key) {
    const before = this.names.size;
    this.names.add(escaped(key));
    return this.names.size > before;
  }

  async range() {
    const prefix = unescaped(this.text);
    const first = prefix === '' ? '-' : bound('[', prefix);
    const end = prefix === '' ? undefined : after(prefix);
    const keys = await asked(['KEYRANGE', this.last === undefined ? first : bound('(', this.last),
      end === undefined ? '+' : bound('(', end), 'LIMIT', PAGE]);
    this.last = keys.at(-1);
    this.ended = keys.length < PAGE;
    return keys;
  }
}
