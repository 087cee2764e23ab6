// A Karst of its own, in a directory of its own, and a way to ask it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_MILLIS = 120_000;

export async function freePort() {
  const listener = createServer();
  await new Promise((resolve) => { listener.listen(0, '127.0.0.1', resolve); });
  const { port } = listener.address();
  await new Promise((resolve) => { listener.close(resolve); });
  return port;
}

/// Starts a server; KARST is the launcher. `options` are added to its own.
export async function startServer(...options) {
  const directory = await mkdtemp(join(tmpdir(), 'karst-browser-'));
  const httpPort = await freePort();
  const child = spawn(process.env.KARST, [
    'server', '--bind', '127.0.0.1', '--port', '0', '--http-port', String(httpPort), '--dir', directory, ...options,
  ], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, KARST_BUILD: 'no' } });
  await ready(child);
  const origin = `http://127.0.0.1:${httpPort}`;
  return {
    origin,
    /// Runs commands, and returns their replies as the API has them.
    async run(...commands) {
      const response = await fetch(`${origin}/api/commands`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ commands }),
      });
      const answer = await response.json();
      if (!response.ok) {
        throw new Error(answer.error);
      }
      return answer.replies;
    },
    async stop() {
      const gone = new Promise((resolve) => { child.once('exit', resolve); });
      child.kill();
      await gone;
      await rm(directory, { recursive: true });
    },
  };
}

async function ready(child) {
  const timer = setTimeout(() => child.kill(), READY_MILLIS);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes(' ready on ')) {
      clearTimeout(timer);
      child.stdout.resume();
      return;
    }
  }
  throw new Error('the server did not start');
}
