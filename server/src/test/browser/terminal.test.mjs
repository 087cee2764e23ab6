// The command line, and the door with a password.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { startServer } from './server.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('commands are completed, run, answered by type, and brought back', async () => {
  const { page, troubles, close } = await openPage(browser, server.origin, '#/terminal');
  const line = page.getByRole('combobox', { name: 'Command' });
  const output = page.getByRole('log');
  const run = async (text, answer) => {
    await line.fill(text);
    await line.press('Escape');
    await line.press('Enter');
    await output.getByText(answer, { exact: true }).last().waitFor();
  };
  await line.pressSequentially('hse');
  await page.getByRole('option', { name: /^HSET / }).waitFor();
  await line.press('Tab');
  assert.match(await line.inputValue(), /^HSE/);
  await line.fill('HSET ');
  await page.getByText('HSET key field value', { exact: false }).waitFor();
  await run('HSET h "a\\x00" \'one word\'', '(integer) 1');
  await run('HGET h "a\\x00"', '"one word"');
  await run('HGETALL h', '(map)');
  await run('GET nothing', '(nil)');
  await run('SET k v', 'OK');
  await output.getByText('"a\\x00"', { exact: false }).last().waitFor();
  await run('SELECT 5', 'OK');
  await run('DBSIZE', '(integer) 0');
  await run('SELECT 0', 'OK');
  await line.fill('NOSUCH');
  await line.press('Enter');
  await output.getByText("unknown command 'NOSUCH'", { exact: false }).waitFor();
  await line.fill('SUBSCRIBE a');
  await line.press('Escape');
  await line.press('Enter');
  await output.locator('.error').last().waitFor();
  await line.press('ArrowUp');
  await line.press('ArrowUp');
  assert.equal(await line.inputValue(), 'NOSUCH');
  await line.press('ArrowDown');
  assert.equal(await line.inputValue(), 'SUBSCRIBE a');
  assert.deepEqual(troubles.filter((trouble) => !trouble.includes('400')), []);
  await close();
});

test('what destroys asks first', async () => {
  await server.run(['SET', 'k', 'v']);
  const { page, close } = await openPage(browser, server.origin, '#/terminal');
  const line = page.getByRole('combobox', { name: 'Command' });
  await line.fill('flushall');
  await line.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await server.run(['EXISTS', 'k']), [1]);
  await line.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Run it' }).click();
  await page.getByRole('log').getByText('OK', { exact: true }).waitFor();
  assert.deepEqual(await server.run(['EXISTS', 'k']), [0]);
  await close();
});

test('with a password the browser is asked for it, and then all works', async () => {
  const closed = await startServer('--requirepass', 'secret');
  try {
    assert.equal((await fetch(closed.origin)).status, 401);
    const credentials = { httpCredentials: { username: 'default', password: 'secret' } };
    const { page, troubles, close } = await openPage(browser, closed.origin, '#/keys', credentials);
    await page.getByText('No such key').waitFor();
    assert.deepEqual(troubles, []);
    await close();
  } finally {
    await closed.stop();
  }
});
