// The view of the cluster: its members by shard, who leads each, and how far the others are.

import { named, run } from './api.js';
import { openForm } from './dialog.js';
import { attempt, fill, h, note, panel, table } from './dom.js';
import { whole } from './format.js';
import { parseInfo } from './info.js';

const EVERY_MILLIS = 2000;
const ID_DIGITS = 8;

const COLUMNS = [
  { title: 'ID' }, { title: 'Address' }, { title: 'Role' }, { title: 'Votes' }, { title: 'Reachable' },
  { title: 'Entries', number: true }, { title: 'Behind', number: true }, { title: '' },
];

/// Whether this server is a member of a cluster.
export async function isMember() {
  return parseInfo(await run('INFO', 'cluster')).cluster_enabled === '1';
}

/// The members by the numbers of their shards, as `CLUSTER MEMBERS` has them.
function byShard(members) {
  const shards = new Map();
  for (const member of members) {
    shards.set(member.shard, [...(shards.get(member.shard) ?? []), member]);
  }
  return shards;
}

function known(number) {
  return number === null || number === undefined ? '–' : whole(number);
}

function behind(member) {
  const [has, all] = [member.entries, member['committed-entries']];
  return has === null || all === null ? null : Math.max(0, all - has);
}

function moveLeader(member, refresh) {
  openForm({
    title: 'Let this member lead?',
    text: `${member.address} leads shard ${member.shard} then. Clients are redirected; blocked ones are told to try again.`,
    action: 'Let it lead',
    done: async () => {
      await run('CLUSTER', 'MOVELEADER', member.id);
      note(`${member.address} leads shard ${member.shard}`);
      await refresh();
    },
  });
}

function row(member, refresh) {
  const may = member.role !== 'leader' && member.voting === 'yes' && member.reachable === 'yes';
  return h('tr', {},
    h('td.mono', { title: member.id }, member.id.slice(0, ID_DIGITS)),
    h('td.mono', {}, member.address, member.myself === 'yes' ? h('div.muted', {}, 'this server') : null),
    h('td', {}, member.role === 'leader' ? h('b', {}, member.role) : member.role),
    h('td', {}, member.voting),
    h('td', {}, member.reachable),
    h('td.number', {}, known(member.entries)),
    h('td.number', {}, known(behind(member))),
    h('td.acts', {}, may
      ? h('button.quiet', { 'aria-label': `Let ${member.address} lead`, onclick: () => moveLeader(member, refresh) }, 'Let it lead…')
      : null));
}

function shardPanel(number, members, refresh) {
  const leads = members.some((member) => member.role === 'leader');
  return panel(`Shard ${number}`, [
    h('span.muted', {}, `slots ${members[0].slots || 'none'}${leads ? '' : ', nobody leads'}`),
  ], h('div.scrolled', { tabindex: 0, role: 'region', 'aria-label': `Members of shard ${number}` },
    table(`Members of shard ${number}`, COLUMNS, members.map((member) => row(member, refresh)))));
}

export function cluster(view) {
  const summary = h('p.muted', { role: 'status' });
  const shards = h('div');
  const refresh = async () => {
    const info = parseInfo(await run('CLUSTER', 'INFO'));
    const members = (await run('CLUSTER', 'MEMBERS')).map(named);
    summary.textContent = `${info.cluster_state === 'ok' ? 'All slots are served' : `${whole(info.cluster_slots_ok)} of 16384 slots are served`}, `
      + `${members.length} members. This server is ${info.cluster_role}, in term ${info.cluster_term}; `
      + 'how far others are only the leader of their shard knows.';
    if (!shards.contains(document.activeElement)) {
      fill(shards, [...byShard(members)].map(([number, its]) => shardPanel(number, its, refresh)));
    }
  };
  fill(view, panel('Cluster', [h('button', { onclick: () => attempt(refresh) }, 'Refresh')], h('div.facts', {}, summary)), shards);
  attempt(refresh);
  const timer = setInterval(() => { if (!document.hidden) { refresh().catch(() => {}); } }, EVERY_MILLIS);
  return { leave: () => clearInterval(timer) };
}
