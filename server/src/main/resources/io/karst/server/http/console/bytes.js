// Strings of the store: bytes. What is UTF-8 is a string here, anything else a Uint8Array; what the
// server has cut short is a `Clipped`.

/// The beginning of a longer string.
export class Clipped {
  constructor(start, size) {
    this.start = start;
    this.size = size;
  }
}

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

export function toBytes(value) {
  return typeof value === 'string' ? encoder.encode(value) : value;
}

/// The string of these bytes, or the bytes if they are no UTF-8.
export function ofBytes(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes;
  }
}

/// As the API takes it.
export function toJson(value) {
  return value instanceof Uint8Array ? { b64: toBase64(value) } : String(value);
}

export function sizeOf(value) {
  return value instanceof Clipped ? value.size : toBytes(value).length;
}

export function same(a, b) {
  const [left, right] = [toBytes(a), toBytes(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

const NAMES = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hex(code) {
  return '\\x' + code.toString(16).padStart(2, '0');
}

function escapeText(text) {
  return text.replace(
    /[\\\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => NAMES[c] ?? Array.from(encoder.encode(c), hex).join(''));
}

function escapeBytes(bytes) {
  return Array.from(bytes, (code) => {
    const c = String.fromCharCode(code);
    return NAMES[c] ?? (code >= 32 && code < 127 ? c : hex(code));
  }).join('');
}

/// In one line of what can be seen: `\n`, `\x00`, and a backslash doubled.
export function escaped(value) {
  if (value instanceof Clipped) {
    return escaped(value.start);
  }
  return value instanceof Uint8Array ? escapeBytes(value) : escapeText(String(value));
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([\\nrt"' ]))/y;
const MEANT = { n: '\n', r: '\r', t: '\t' };

/// What [escaped] stands for.
///
/// - throws Error at a backslash that begins nothing.
export function unescaped(text) {
  const parts = [];
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(text);
    if (match === null) {
      throw new Error(`no escape: ${text.slice(at, at + 4)} (write \\\\ for a backslash)`);
    }
    parts.push(encoder.encode(text.slice(from, at)));
    parts.push(match[1] !== undefined
      ? Uint8Array.of(parseInt(match[1], 16))
      : encoder.encode(MEANT[match[2]] ?? match[2]));
    from = ESCAPE.lastIndex;
  }
  parts.push(encoder.encode(text.slice(from)));
  return ofBytes(joined(parts));
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/// Whether a text area shows it as it is, and gives back the same.
export function isPlain(value) {
  return typeof value === 'string' && escapeText(value.replace(/[\n\t\\]/g, '')) === value.replace(/[\n\t\\]/g, '');
}
