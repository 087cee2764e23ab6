// The way to the server: `POST /api/commands`. docs/CONSOLE.md says what goes over it.

import { Clipped, fromBase64, toJson } from './bytes.js';

/// The server did not run what was asked for, or cannot be reached.
export class ApiError extends Error {}

/// A command was answered with an error.
export class ReplyError extends Error {}

/// Bytes of a string beyond which the server sends its beginning only.
const CLIP = 4096;

/// The database that commands run in.
export const place = { database: 0 };

/// Runs commands in one connection, one after the other, and returns their replies as the API
/// writes them.
export async function raw(commands, { clip = CLIP, database = place.database } = {}) {
  let response;
  try {
    response = await fetch('/api/commands', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ db: database, clip, commands: commands.map((c) => c.map(toJson)) }),
    });
  } catch {
    throw new ApiError('The server cannot be reached');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new ApiError(answer.error ?? `The server answers ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return answer.replies;
}

/// As [raw]; replies without their types: arrays, pairs for maps, strings, numbers. An error is a
/// ReplyError among them.
///
/// - `untouched`: the keys do not count as used.
export async function ask(commands, { untouched = false, ...options } = {}) {
  const before = untouched ? [['CLIENT', 'NO-TOUCH', 'ON']] : [];
  const replies = await raw([...before, ...commands], options);
  return replies.slice(before.length).map(plain);
}

/// Runs one command; an error is thrown.
export async function run(...command) {
  const [reply] = await ask([command]);
  if (reply instanceof ReplyError) {
    throw reply;
  }
  return reply;
}

/// Runs commands that are to happen together or not at all, and returns the replies of all.
export async function together(...commands) {
  const replies = await ask([['MULTI', 'ATOMIC'], ...commands, ['EXEC']]);
  const last = replies.at(-1);
  const failed = [...replies, ...(Array.isArray(last) ? last : [])].find((r) => r instanceof ReplyError);
  if (failed !== undefined) {
    throw failed;
  }
  return last;
}

/// The string that a reply is, if it is one; undefined otherwise.
export function stringOf(reply) {
  if (typeof reply === 'string') {
    return reply;
  }
  if (reply === null || typeof reply !== 'object' || !('text' in reply || 'b64' in reply)) {
    return undefined;
  }
  const content = 'b64' in reply ? fromBase64(reply.b64) : reply.text;
  return 'size' in reply ? new Clipped(content, reply.size) : content;
}

export function plain(reply) {
  if (Array.isArray(reply)) {
    return reply.map(plain);
  }
  if (reply === null || typeof reply !== 'object') {
    return reply;
  }
  if ('error' in reply) {
    return new ReplyError(reply.error);
  }
  if ('map' in reply) {
    return reply.map.map(([key, value]) => [plain(key), plain(value)]);
  }
  if ('set' in reply) {
    return reply.set.map(plain);
  }
  return stringOf(reply) ?? reply.status ?? reply.int ?? reply.double ?? reply.bignum ?? reply.verbatim;
}

/// A reply of names and values as an object, however it is written.
export function named(reply) {
  if (reply.length === 0 || Array.isArray(reply[0])) {
    return Object.fromEntries(reply);
  }
  const pairs = [];
  for (let i = 0; i + 1 < reply.length; i += 2) {
    pairs.push([reply[i], reply[i + 1]]);
  }
  return Object.fromEntries(pairs);
}
