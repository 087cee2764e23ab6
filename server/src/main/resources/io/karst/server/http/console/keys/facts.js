// What is known of keys without reading them: type, expiry, memory.

import { ask, ReplyError } from '../api.js';

const PER_KEY = 3;

/// The facts of many keys, in one request; a key that is gone has the type `none`.
export async function facts(keys) {
  const replies = await ask(keys.flatMap((key) =>
    [['TYPE', key], ['PTTL', key], ['MEMORY', 'USAGE', key]]), { untouched: true });
  return keys.map((key, i) => {
    const [type, ttl, memory] = replies.slice(i * PER_KEY, (i + 1) * PER_KEY);
    return {
      key,
      type: type instanceof ReplyError ? '?' : type,
      ttl: ttl instanceof ReplyError ? -1 : ttl,
      memory: typeof memory === 'number' ? memory : null,
    };
  });
}

const LENGTHS = {
  string: 'STRLEN', hash: 'HLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', stream: 'XLEN',
};

/// The number of elements, or of bytes, and the encoding.
export async function more(key, type) {
  const [length, encoding] = await ask(
    [[LENGTHS[type] ?? 'EXISTS', key], ['OBJECT', 'ENCODING', key]], { untouched: true });
  return {
    length: typeof length === 'number' ? length : null,
    encoding: typeof encoding === 'string' ? encoding : null,
  };
}
