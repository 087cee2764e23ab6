// Modules of the page by themselves, in the browser they are for.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { startServer } from './server.mjs';

let server;
let browser;
let page;

before(async () => {
  server = await startServer();
  browser = await launch();
  ({ page } = await openPage(browser, server.origin));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('what is escaped is what it was, whatever the bytes', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e9);
  console.log(`seed ${seed}`);
  const wrong = await page.evaluate(async (start) => {
    const { escaped, ofBytes, same, unescaped } = await import('/console/bytes.js');
    let state = start;
    const random = (bound) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * bound);
    };
    const found = [];
    for (let i = 0; i < 2000; i++) {
      const text = random(2) === 0;
      const value = ofBytes(Uint8Array.from({ length: random(12) }, () => (text ? 90 + random(6) : random(256))));
      const shown = escaped(value);
      if (!same(unescaped(shown), value) || /[\u0000-\u001f]/.test(shown)) {
        found.push(shown);
      }
    }
    for (const value of ['é', '日本', '\u2028', '\u200b', '\u0085', 'a\tb', '\\x00', '\ufeff', '😀']) {
      if (!same(unescaped(escaped(value)), value)) {
        found.push(value);
      }
    }
    return found;
  }, seed);
  assert.deepEqual(wrong, []);
});

test('a line is cut into words as redis-cli does', async () => {
  const cut = (line) => page.evaluate(async (text) => {
    const { words } = await import('/console/terminal/words.js');
    try {
      return words(text).map((word) => (typeof word === 'string' ? word : Array.from(word)));
    } catch (error) {
      return error.message;
    }
  }, line);
  assert.deepEqual(await cut('  SET  k "a b" '), ['SET', 'k', 'a b']);
  assert.deepEqual(await cut('a "\\x00\\n\\"" \'it\\\'s \\n\' ""'), ['a', '\u0000\n"', "it's \\n", '']);
  assert.deepEqual(await cut('"\\xff"'), [[255]]);
  assert.deepEqual(await cut('a\\x b"c'), ['a\\x', 'b"c']);
  assert.deepEqual(await cut(''), []);
  assert.match(await cut('a "b'), /quote/);
  assert.match(await cut('"a"b'), /quote/);
});

test('a prefix is no pattern, and ends before what does not begin with it', async () => {
  const found = await page.evaluate(async () => {
    const { after: next, glob } = await import('/console/keys/search.js');
    return {
      globs: ['a', 'a*b', '', 'a\\\\b', '\\xff', '\\x00*'].map((text) => {
        const pattern = glob(text);
        return typeof pattern === 'string' ? pattern : Array.from(pattern);
      }),
      ends: ['a', 'é', new Uint8Array([97, 255]), new Uint8Array([255])].map((prefix) => {
        const end = next(prefix);
        return end instanceof Uint8Array ? Array.from(end) : end;
      }),
    };
  });
  assert.deepEqual(found.globs, ['a*', 'a*b', '*', 'a\\\\b*', [255, 42], '\u0000*']);
  assert.deepEqual(found.ends, ['b', 'ê', 'b', undefined]);
});

test('percentiles are of the calls between two histograms', async () => {
  const found = await page.evaluate(async () => {
    const { parseHistogram, percentiles, rate } = await import('/console/info.js');
    const reply = (a, b) => [['get', [['calls', b], ['histogram_usec', [[2, a], [64, b]]]]]];
    const [before, now] = [parseHistogram(reply(10, 20)), parseHistogram(reply(108, 120))];
    return {
      some: percentiles(before, now, [49, 99]),
      none: percentiles(now, now, [50]),
      rates: [rate({ n: '1' }, { n: '21' }, 'n', 2), rate({ n: '5' }, { n: '1' }, 'n', 1)],
    };
  });
  assert.deepEqual(found.some, [1.5, 48]);
  assert.deepEqual(found.none, [null]);
  assert.deepEqual(found.rates, [10, null]);
});
