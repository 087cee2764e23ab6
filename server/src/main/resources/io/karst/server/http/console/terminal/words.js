// A line of the command line, cut into words: at spaces, unless they are quoted.

import { unescaped } from '../bytes.js';

/// The words of a line. Between double quotes `\n`, `\x00` and the like stand for bytes; between
/// single quotes everything is itself.
///
/// - throws Error if a quote is not closed.
export function words(line) {
  const found = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"']\S*))(?=\s|$)/y;
  const end = line.trimEnd().length;
  let at = 0;
  while (at < end) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match === null) {
      throw new Error('A quote is not closed, or something follows it without a space');
    }
    if (match[1] !== undefined) {
      found.push(unescaped(match[1]));
    } else {
      found.push(match[2] !== undefined ? match[2].replaceAll("\\'", "'") : match[3]);
    }
    at = pattern.lastIndex;
  }
  return found;
}
