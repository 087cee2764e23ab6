// The frame: that it loads, draws, keeps to its policy, and fits.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flaws, launch, openPage } from './browser.mjs';
import { startServer } from './server.mjs';

const VIEWS = ['overview', 'keys', 'clients', 'slow-log', 'usage', 'terminal'];

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
  await server.run(['HSET', 'profile', 'name', 'Ada', 'long', 'x'.repeat(3000)], ['SET', `user:${'y'.repeat(200)}`, 'v'],
    ['XADD', 'events', '*', 'kind', 'click'], ['SET', 'a key', 'v', 'EX', 1000]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('it loads without an error, from this server alone', async () => {
  const { page, troubles, close } = await openPage(browser, server.origin);
  for (const view of VIEWS) {
    await page.locator(`nav a[data-name="${view}"]`).click();
    await page.locator(`nav a[data-name="${view}"][aria-current="page"]`).waitFor();
  }
  await page.locator('#server').getByText('up').waitFor();
  assert.match(await page.title(), /Karst/);
  assert.deepEqual(troubles, []);
  await close();
});

test('the charts move', async () => {
  const { page, close } = await openPage(browser, server.origin, '#/overview');
  const line = page.locator('figure:has-text("Operations per second") path.line');
  const drawn = async () => (await line.getAttribute('d')) ?? '';
  await page.waitForFunction(() => (document.querySelector('path.line')?.getAttribute('d') ?? '').includes('L'));
  const first = await drawn();
  await page.waitForFunction((d) => document.querySelector('path.line').getAttribute('d') !== d, first);
  const label = await page.locator('figure:has-text("Operations per second") svg').getAttribute('aria-label');
  assert.match(label, /Operations per second: commands \d/);
  await page.locator('figure:has-text("Time per command")').getByText(/µs|ms/).first().waitFor();
  await close();
});

test('the policy of the page is strict, and the browser keeps to it', async () => {
  const response = await fetch(server.origin);
  const policy = response.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'; script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  const { page, close } = await openPage(browser, server.origin);
  const violated = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  }));
  assert.match(violated, /^script-src/);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await close();
});

test('both themes: of the system, and by the switch, which is remembered', async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await openPage(browser, server.origin, '', { colorScheme: 'light' });
  const dark = await openPage(browser, server.origin, '', { colorScheme: 'dark' });
  const [lightGround, darkGround] = [await ground(light.page), await ground(dark.page)];
  assert.notEqual(lightGround, darkGround);
  await light.page.getByRole('button', { name: 'Dark theme' }).click();
  assert.equal(await ground(light.page), darkGround);
  await light.page.reload();
  assert.equal(await ground(light.page), darkGround);
  await light.page.getByRole('button', { name: 'Light theme' }).click();
  assert.equal(await ground(light.page), lightGround);
  await light.close();
  await dark.close();
});

test('360 pixels are wide enough for every view', async () => {
  const { page, troubles, close } = await openPage(browser, server.origin, '', { viewport: { width: 360, height: 720 } });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  for (const hash of [...VIEWS.map((view) => `#/${view}`), '#/keys/0/profile', '#/keys/0/events', '#/keys/0/a%20key']) {
    await page.goto(`${server.origin}/${hash}`);
    await page.locator('main section:visible, main figure:visible').first().waitFor();
    if (hash.includes('/0/')) {
      await page.locator('.detail').getByText(/shown|Save/).first().waitFor();
    }
    assert.ok(await overflow() <= 0, `${hash} is ${await overflow()} pixels too wide`);
  }
  await page.getByRole('button', { name: 'Rename…' }).click();
  assert.ok(await overflow() <= 0);
  assert.deepEqual(troubles, []);
  await close();
});

test('texts can be read, and controls have names, in both themes', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, server.origin, '', { colorScheme });
    for (const hash of [...VIEWS.map((view) => `#/${view}`), '#/keys/0/profile', '#/keys/0/events']) {
      await page.goto(`${server.origin}/${hash}`);
      await page.locator('main section:visible, main figure:visible').first().waitFor();
      assert.deepEqual(await page.evaluate(flaws), [], `${hash}, ${colorScheme}`);
    }
    await page.getByRole('button', { name: 'Delete…' }).click();
    assert.deepEqual(await page.evaluate(flaws), [], `dialog, ${colorScheme}`);
    await close();
  }
});

test('a connection can be closed, after a question', async () => {
  const { page, close } = await openPage(browser, server.origin, '#/clients');
  const row = page.locator('tbody tr').first();
  await row.getByRole('button', { name: 'Close' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Close this connection?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await close();
});
