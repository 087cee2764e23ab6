// The frame: which view is open, which database, which theme; and the report of each second.

import { ApiError, ask, place, ReplyError, run } from './api.js';
import { clients } from './clients.js';
import { cluster, isMember } from './cluster.js';
import { fill, h, svg } from './dom.js';
import { seconds } from './format.js';
import { parseHistogram, parseInfo } from './info.js';
import { keys } from './keys/browser.js';
import { observe, overview } from './overview.js';
import { slowLog } from './slow-log.js';
import { terminal } from './terminal/terminal.js';
import { usage } from './usage.js';

const REPORT_MILLIS = 1000;

/// A feature that is no command: the server is a member of a cluster.
const CLUSTER = 'in a cluster';

/// A view: its name, what shows it, and the commands of which it needs one.
const VIEWS = [
  { name: 'overview', title: 'Overview', show: overview },
  { name: 'keys', title: 'Keys', show: keys, needs: ['scan'] },
  { name: 'clients', title: 'Clients', show: clients, needs: ['client|list'] },
  { name: 'slow-log', title: 'Slow log', show: slowLog, needs: ['slowlog|get'] },
  { name: 'usage', title: 'Hot and big keys', show: usage, needs: ['hotkeys|get', 'memory|usage'] },
  { name: 'cluster', title: 'Cluster', show: cluster, needs: [CLUSTER] },
  { name: 'terminal', title: 'Command line', show: terminal },
];

const frame = Object.fromEntries(
  ['view', 'views', 'server', 'database', 'theme', 'trouble'].map((id) => [id, document.getElementById(id)]));

let features = new Set();
let open = null;

/// The names of the commands that there are, those of subcommands as `memory|usage`.
async function findFeatures() {
  const names = ['scan', 'keyrange', 'client', 'slowlog', 'hotkeys', 'memory', 'latency'];
  const reply = await run('COMMAND', 'INFO', ...names);
  const found = new Set();
  for (const command of reply.filter((entry) => entry !== null)) {
    found.add(command[0]);
    command[9]?.forEach((subcommand) => found.add(subcommand[0]));
  }
  if (await isMember().catch(() => false)) {
    found.add(CLUSTER);
  }
  return found;
}

function offered() {
  return VIEWS.filter(({ needs }) => needs === undefined || needs.some((name) => features.has(name)));
}

/// Shows what the address says.
function route() {
  const [name, ...path] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const view = offered().find((candidate) => candidate.name === name) ?? VIEWS[0];
  if (view.name === 'keys' && path.length > 0 && path[0] !== String(place.database)) {
    choose(Number(path[0]));
  }
  if (open?.name === view.name && open.go) {
    open.go(path);
  } else {
    open?.leave?.();
    open = { name: view.name, ...view.show(frame.view, path, features) };
  }
  document.title = `${view.title} – Karst`;
  for (const link of frame.views.children) {
    link.toggleAttribute('aria-current', link.dataset.name === view.name);
    if (link.dataset.name === view.name) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }
}

function choose(database) {
  if (Number.isInteger(database) && database >= 0 && database < frame.database.length) {
    place.database = database;
    frame.database.value = String(database);
  }
}

function reopen() {
  open?.leave?.();
  open = null;
  route();
}

// ---- the report of each second ----

let previous = null;

async function report() {
  const asked = [['INFO', 'default'], ...(features.has('latency|histogram') ? [['LATENCY', 'HISTOGRAM']] : [])];
  const [info, histogram] = await ask(asked, { clip: 0 });
  if (info instanceof ReplyError) {
    throw info;
  }
  const now = {
    info: parseInfo(info),
    histogram: Array.isArray(histogram) ? parseHistogram(histogram) : null,
    at: performance.now(),
  };
  observe(previous, now);
  previous = now;
  tellServer(now.info);
}

function tellServer(info) {
  frame.server.classList.remove('lost');
  frame.trouble.hidden = true;
  fill(frame.server, h('span.state'),
    `${info.karst_version} on port ${info.tcp_port}, up ${seconds(Number(info.uptime_in_seconds))}`);
  fillDatabases(info);
}

function fillDatabases(info) {
  for (const option of frame.database.options) {
    const found = /keys=(\d+)/.exec(info[`db${option.value}`] ?? '');
    const text = found === null ? option.value : `${option.value} (${found[1]} keys)`;
    if (option.text !== text) {
      option.text = text;
    }
  }
}

function tellTrouble(error) {
  frame.server.classList.add('lost');
  fill(frame.trouble, error.message);
  frame.trouble.hidden = false;
}

async function watch() {
  for (;;) {
    if (!document.hidden) {
      try {
        await report();
      } catch (error) {
        tellTrouble(error);
        if (error instanceof ApiError) {
          previous = null;
        }
      }
    } else {
      previous = null;
    }
    await new Promise((resolve) => { setTimeout(resolve, REPORT_MILLIS); });
  }
}

// ---- theme ----

function theme() {
  return document.documentElement.dataset.theme
    ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function drawTheme() {
  const dark = theme() === 'dark';
  const label = dark ? 'Light theme' : 'Dark theme';
  frame.theme.setAttribute('aria-label', label);
  frame.theme.title = label;
  fill(frame.theme, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, dark
    ? svg('path', { d: 'M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.400 1.400M11.600 11.600L13 13M3 13l1.400-1.400M11.600 4.400L13 3M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6' })
    : svg('path', { d: 'M13.500 9.500A6 6 0 0 1 6.500 2.500a6 6 0 1 0 7 7z' })));
}

function switchTheme() {
  const chosen = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen;
  localStorage.setItem('karst.theme', chosen);
  drawTheme();
}

// ---- start ----

async function databases() {
  try {
    const [pair] = await run('CONFIG', 'GET', 'databases');
    return Number(pair?.[1] ?? 16);
  } catch {
    return 16; // Whoever may not ask is told by the server which there are.
  }
}

async function start() {
  frame.theme.addEventListener('click', switchTheme);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawTheme);
  drawTheme();
  frame.database.addEventListener('change', () => {
    choose(Number(frame.database.value));
    if (location.hash.startsWith('#/keys/')) {
      location.hash = '#/keys';
    } else {
      reopen();
    }
  });
  try {
    features = await findFeatures();
  } catch (error) {
    tellTrouble(error);
  }
  const total = await databases();
  fill(frame.database, Array.from({ length: total }, (_, i) => h('option', { value: String(i) }, String(i))));
  fill(frame.views, offered().map(({ name, title }) => h('a', { href: `#/${name}`, 'data-name': name }, title)));
  addEventListener('hashchange', route);
  route();
  watch();
}

start();
