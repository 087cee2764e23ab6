// The keys: found, opened, changed, each type in its own way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { startServer } from './server.mjs';

let server;
let browser;
let page;
let troubles;

before(async () => {
  server = await startServer();
  browser = await launch();
  ({ page, troubles } = await openPage(browser, server.origin));
});

after(async () => {
  assert.deepEqual(troubles ?? [], []);
  await browser?.close();
  await server?.stop();
});

async function openKey(key, type) {
  await page.goto(`${server.origin}/#/keys/0/${encodeURIComponent(key)}`);
  await page.reload();
  await detail().locator('.tag', { hasText: type }).waitFor();
}

const detail = () => page.locator('.detail');
const dialog = () => page.getByRole('dialog');

/// Fills in the fields of the open dialog by their labels, and sends it.
async function submit(action, fields = {}) {
  for (const [label, value] of Object.entries(fields)) {
    await dialog().getByLabel(label, { exact: true }).last().fill(value);
  }
  await dialog().getByRole('button', { name: action, exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
}

const row = (text) => detail().locator('.elements tbody tr', { hasText: text });

test('keys are found by prefix and by pattern, a page at a time', async () => {
  const commands = [];
  for (let i = 0; i < 250; i++) {
    commands.push(['SET', `user:${i}`, 'v']);
  }
  await server.run(...commands, ['SET', 'other*', 'v'], ['SET', { b64: Buffer.from([0, 255, 42]).toString('base64') }, 'v']);
  await page.goto(`${server.origin}/#/keys`);
  const list = page.locator('.keys tbody tr');
  const find = async (text) => {
    await page.getByLabel('Prefix or pattern').fill(text);
    await page.getByRole('button', { name: 'Find' }).click();
  };
  await find('user:');
  await page.getByText('100 shown, there may be more').waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByText('200 shown').waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByText('250 shown').waitFor();
  assert.equal(await list.count(), 250);
  await find('user:1?');
  await page.getByText('10 shown').waitFor();
  await find('\\x00\\xff');
  await page.getByText('1 shown').waitFor();
  assert.match(await list.first().textContent(), /^\\x00\\xff\*string/);
  await find('nothing');
  await page.getByText('No such key').waitFor();
  await find('user:2');
  await page.getByLabel('in order').check();
  await page.locator('.keys tbody tr').nth(0).getByText('user:2', { exact: true }).waitFor();
  await page.locator('.keys tbody tr').nth(1).getByText('user:20', { exact: true }).waitFor();
  await page.getByLabel('in order').uncheck();
});

test('the keyboard opens a key', async () => {
  await page.goto(`${server.origin}/#/keys`);
  const search = page.getByLabel('Prefix or pattern');
  await search.fill('user:42');
  await search.press('Enter');
  const key = page.locator('.keys').getByRole('button', { name: 'user:42', exact: true });
  await key.focus();
  await page.keyboard.press('Enter');
  await detail().locator('.keyname', { hasText: 'user:42' }).waitFor();
});

test('a string is changed, and stays what it was in bytes', async () => {
  await server.run(['SET', 's', { b64: 'AP9h' }, 'EX', 5000]);
  await openKey('s', 'string');
  const area = detail().getByLabel('Value', { exact: true });
  assert.equal(await area.inputValue(), '\\x00\\xffa');
  await area.fill('\\x00\\xfeb\\\\');
  await detail().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  assert.deepEqual(await server.run(['GET', 's'], ['EXISTS', 's']), [{ b64: 'AP5iXA==' }, 1]);
  assert.ok((await server.run(['TTL', 's']))[0] > 4000);
});

test('a long string is read and written a part at a time', async () => {
  await server.run(['SET', 'long', `${'a'.repeat(16384)}${'b'.repeat(16384)}c`]);
  await openKey('long', 'string');
  await detail().getByText('bytes 0 to 16', { exact: false }).waitFor();
  await detail().getByRole('button', { name: 'On' }).click();
  const area = detail().getByLabel('Part of the value', { exact: true });
  await page.waitForFunction(() => document.querySelector('.value textarea').value.startsWith('b'));
  await area.fill('too short');
  await detail().getByRole('button', { name: 'Save' }).click();
  await page.getByText('keeps its length').waitFor();
  await area.fill('d'.repeat(16384));
  await detail().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  assert.deepEqual(await server.run(['GETRANGE', 'long', 16383, 16384], ['GETRANGE', 'long', 32767, 32768]), ['ad', 'dc']);
});

test('fields of a hash are added, changed, found and deleted', async () => {
  await server.run(['HSET', 'h', 'name', 'Ada', 'city', 'Turin'], ['HEXPIRE', 'h', 900, 'FIELDS', 1, 'city']);
  await openKey('h', 'hash');
  await row('city').getByText(/1[45] min/).waitFor();
  await row('city').getByRole('button', { name: 'Edit' }).click();
  await submit('Save', { Value: 'Rome' });
  await row('Rome').waitFor();
  await detail().getByRole('button', { name: 'Add a field' }).click();
  await submit('Add', { Field: 'age', Value: '36' });
  await row('age').waitFor();
  await row('name').getByRole('button', { name: 'Delete' }).click();
  await submit('Delete');
  await row('name').waitFor({ state: 'detached' });
  await detail().getByLabel('Fields that match').fill('a*');
  await page.keyboard.press('Enter');
  await row('city').waitFor({ state: 'detached' });
  assert.deepEqual(await server.run(['HGETALL', 'h']), [{ map: [['city', 'Rome'], ['age', '36']] }]);
  assert.ok((await server.run(['HTTL', 'h', 'FIELDS', 1, 'city']))[0][0] > 0);
});

test('elements of a list are added at both ends, changed and deleted by place', async () => {
  await server.run(['RPUSH', 'l', 'a', 'b', 'a']);
  await openKey('l', 'list');
  await detail().getByRole('button', { name: 'Add at the head' }).click();
  await submit('Add', { Element: 'head' });
  await row('head').waitFor();
  await detail().getByRole('button', { name: 'Add at the tail' }).click();
  await submit('Add', { Element: 'tail' });
  await row('tail').waitFor();
  await detail().locator('.elements tbody tr').nth(3).getByRole('button', { name: 'Delete' }).click();
  await submit('Delete');
  await page.waitForFunction(() => document.querySelectorAll('.elements tbody tr').length === 4);
  await row('b').getByRole('button', { name: 'Edit' }).click();
  await submit('Save', { Element: 'B' });
  await row('B').waitFor();
  assert.deepEqual(await server.run(['LRANGE', 'l', 0, -1]), [['head', 'a', 'B', 'tail']]);
});

test('a list that has changed meanwhile is not changed at the wrong place', async () => {
  await server.run(['DEL', 'l2'], ['RPUSH', 'l2', 'first', 'second']);
  await openKey('l2', 'list');
  await row('first').waitFor();
  await server.run(['LPUSH', 'l2', 'new']);
  await row('first').getByRole('button', { name: 'Delete' }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await dialog().getByText('has changed meanwhile').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await server.run(['LRANGE', 'l2', 0, -1]), [['new', 'first', 'second']]);
});

test('members of a set are added, replaced and deleted', async () => {
  await server.run(['SADD', 't', 'red', 'green']);
  await openKey('t', 'set');
  await detail().getByRole('button', { name: 'Add a member' }).click();
  await submit('Add', { Member: 'blue' });
  await row('red').getByRole('button', { name: 'Edit' }).click();
  await submit('Replace', { Member: 'rose' });
  await row('rose').waitFor();
  await row('green').getByRole('button', { name: 'Delete' }).click();
  await submit('Delete');
  await row('green').waitFor({ state: 'detached' });
  const [members] = await server.run(['SMEMBERS', 't']);
  assert.deepEqual(members.set.sort(), ['blue', 'rose']);
});

test('members of a sorted set are added, scored and deleted', async () => {
  await server.run(['ZADD', 'z', 1, 'ada', 2.5, 'bob']);
  await openKey('z', 'zset');
  await row('bob').getByText('2.5').waitFor();
  await row('ada').getByRole('button', { name: 'Edit' }).click();
  await submit('Save', { Score: '9.75' });
  await row('9.75').waitFor();
  await detail().getByRole('button', { name: 'Add a member' }).click();
  await submit('Add', { Member: 'eve', Score: '-1' });
  await row('eve').waitFor();
  await row('bob').getByRole('button', { name: 'Delete' }).click();
  await submit('Delete');
  await row('bob').waitFor({ state: 'detached' });
  assert.deepEqual(await server.run(['ZSCORE', 'z', 'ada'], ['ZRANGE', 'z', 0, -1]), [{ double: '9.75' }, ['eve', 'ada']]);
});

test('entries of a stream are added and deleted, and its groups are told', async () => {
  await server.run(['XADD', 'x', '1-1', 'kind', 'click'], ['XGROUP', 'CREATE', 'x', 'workers', '0']);
  await openKey('x', 'stream');
  await detail().getByText('workers').waitFor();
  await detail().getByRole('button', { name: 'Add an entry' }).click();
  await submit('Add', { Field: 'kind', Value: 'scroll', ID: '2-1' });
  await row('scroll').waitFor();
  await row('1-1').getByRole('button', { name: 'Delete' }).click();
  await submit('Delete');
  await row('1-1').waitFor({ state: 'detached' });
  assert.deepEqual(await server.run(['XRANGE', 'x', '-', '+']), [[['2-1', ['kind', 'scroll']]]]);
});

test('a key is made, given a time, renamed, and deleted after a question', async () => {
  await page.goto(`${server.origin}/#/keys`);
  await page.getByRole('button', { name: 'New key' }).click();
  await dialog().getByLabel('Type').selectOption('hash');
  await submit('Create', { Key: 'made', Field: 'f', Value: 'v' });
  await row('f').waitFor();
  await detail().getByRole('button', { name: 'TTL…' }).click();
  await submit('Set', { 'Seconds from now; empty to keep it for good': '500' });
  await detail().locator('.facts', { hasText: 'TTL 8 min' }).waitFor();
  await detail().getByRole('button', { name: 'Rename…' }).click();
  await submit('Rename', { 'New name': 'renamed' });
  await detail().locator('.keyname', { hasText: 'renamed' }).waitFor();
  assert.deepEqual(await server.run(['EXISTS', 'made'], ['EXISTS', 'renamed']), [0, 1]);
  await detail().getByRole('button', { name: 'Delete…' }).click();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await server.run(['EXISTS', 'renamed']), [1]);
  await detail().getByRole('button', { name: 'Delete…' }).click();
  await submit('Delete');
  await page.getByText('Choose a key').waitFor();
  assert.deepEqual(await server.run(['EXISTS', 'renamed']), [0]);
});

test('values of a type that changes while they are open are shown anew', async () => {
  await server.run(['DEL', 'c'], ['SET', 'c', 'text']);
  await openKey('c', 'string');
  await server.run(['DEL', 'c'], ['SADD', 'c', 'member']);
  await detail().getByRole('button', { name: 'Refresh' }).click();
  await row('member').waitFor();
  await server.run(['DEL', 'c']);
  await detail().getByRole('button', { name: 'Refresh' }).click();
  await detail().getByText('There is no such key').waitFor();
});
