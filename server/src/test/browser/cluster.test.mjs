// The view of a cluster, on three members; and that a server by itself has none.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flaws, launch, openPage } from './browser.mjs';
import { freePort, startServer } from './server.mjs';

const MEMBERS = 3;
const PATIENCE_MILLIS = 120_000;
const STEP_MILLIS = 200;

let members = [];
let ports;
let browser;

async function state(member) {
  const [info] = await member.run(['CLUSTER', 'INFO']);
  return /cluster_state:(\w+)/.exec(info.verbatim ?? info)[1];
}

async function whole() {
  const end = Date.now() + PATIENCE_MILLIS;
  for (const member of members) {
    while (await state(member) !== 'ok') {
      assert.ok(Date.now() < end, 'the cluster has not formed');
      await new Promise((resolve) => { setTimeout(resolve, STEP_MILLIS); });
    }
  }
}

before(async () => {
  const all = await Promise.all(Array.from({ length: 2 * MEMBERS }, freePort));
  ports = all.slice(0, MEMBERS);
  const buses = all.slice(MEMBERS);
  const seeds = buses.map((port) => `127.0.0.1:${port}`).join(',');
  members = await Promise.all(ports.map((port, i) => startServer(
    '--port', String(port), '--cluster-enabled', 'yes', '--cluster-port', String(buses[i]), '--cluster-seeds', seeds)));
  browser = await launch();
  await whole();
});

after(async () => {
  await browser?.close();
  await Promise.all(members.map((member) => member.stop()));
});

test('it shows the members, and lets another lead after a question', async () => {
  const { page, troubles, close } = await openPage(browser, members[0].origin, '#/cluster');
  const rows = page.locator('tbody tr');
  await page.getByText('All slots are served').waitFor();
  await page.getByText('slots 0-16383').waitFor();
  assert.equal(await rows.count(), MEMBERS);
  const next = page.locator('tbody tr', { has: page.getByText('follower', { exact: true }) }).first();
  const address = (await next.locator('td').nth(1).innerText()).split('\n')[0];
  await page.getByRole('button', { name: `Let ${address} lead` }).click();
  await page.getByRole('dialog').getByText(`${address} leads shard 0 then`).waitFor();
  await page.getByRole('button', { name: 'Let it lead', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached', timeout: PATIENCE_MILLIS });
  await page.locator('tbody tr', { has: page.getByText(address) })
    .getByText('leader', { exact: true }).waitFor({ timeout: PATIENCE_MILLIS });
  assert.deepEqual(troubles, []);
  await close();
});

test('it fits, and can be read, in both themes', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, members[1].origin, '#/cluster', { colorScheme, viewport: { width: 360, height: 720 } });
    await page.locator('tbody tr').first().waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0);
    assert.deepEqual(await page.evaluate(flaws), [], colorScheme);
    await close();
  }
});

test('a server by itself has no such view', async () => {
  const alone = await startServer();
  const { page, close } = await openPage(browser, alone.origin, '#/cluster');
  await page.locator('nav a[data-name="overview"][aria-current="page"]').waitFor();
  assert.equal(await page.locator('nav a[data-name="cluster"]').count(), 0);
  await close();
  await alone.stop();
});
