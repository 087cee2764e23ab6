// What commands there are, from `COMMAND DOCS`: for completion, and for the line beneath the input.

import { named, run } from '../api.js';

/// Commands that cannot be taken back, or stop others: asked about first. A name of two words is a
/// subcommand.
const DANGEROUS = new Set([
  'flushall', 'flushdb', 'swapdb', 'delrange', 'delprefix', 'shutdown', 'debug', 'failover', 'replicaof',
  'slaveof', 'config set', 'config rewrite', 'config resetstat', 'acl deluser', 'acl setuser', 'acl load',
  'client kill', 'client pause', 'script flush', 'function flush', 'function delete', 'function restore',
  'cluster reset', 'cluster failover', 'restore', 'migrate', 'slowlog reset', 'latency reset', 'unlink',
  'del', 'keys',
]);

function syntaxOf(fields) {
  return (fields.arguments ?? []).map((argument) => argumentText(named(argument))).join(' ');
}

function argumentText(argument) {
  const flags = argument.flags ?? [];
  let text = bare(argument);
  if (argument.token && argument.type !== 'pure-token') {
    text = `${argument.token} ${text}`;
  }
  if (flags.includes('multiple')) {
    text = `${text} [${text} …]`;
  }
  return flags.includes('optional') ? `[${text}]` : text;
}

function bare(argument) {
  switch (argument.type) {
    case 'pure-token':
      return argument.token;
    case 'oneof':
      return `<${argument.arguments.map((each) => argumentText(named(each))).join(' | ')}>`;
    case 'block':
      return argument.arguments.map((each) => argumentText(named(each))).join(' ');
    default:
      return argument.display_text ?? argument.name;
  }
}

let loading;

/// The commands by name, subcommands as `config get`: `{name, syntax, summary}`. Asked for once.
export function docs() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load() {
  const commands = new Map();
  const add = (name, fields) => {
    const known = fields.subcommands ?? [];
    if (known.length === 0) {
      commands.set(name, { name, summary: fields.summary ?? '', syntax: syntaxOf(fields) });
    }
    Object.entries(named(known)).forEach(([full, inner]) => add(full.replace('|', ' '), named(inner)));
  };
  Object.entries(named(await run('COMMAND', 'DOCS'))).forEach(([name, fields]) => add(name, named(fields)));
  return new Map([...commands].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/// The entry that a line begins with, if it names one.
export function entryOf(commands, line) {
  const [first = '', second = ''] = line.trimStart().toLowerCase().split(/\s+/);
  return commands.get(`${first} ${second}`) ?? commands.get(first);
}

/// The entries that a line may become.
export function completions(commands, line) {
  const typed = line.trimStart().toLowerCase().replace(/\s+/g, ' ');
  return typed === '' ? [] : [...commands.values()].filter(({ name }) => name.startsWith(typed) && name !== typed);
}

export function isDangerous(words) {
  const [first = '', second = ''] = words.slice(0, 2).map((word) => String(word).toLowerCase());
  return DANGEROUS.has(first) || DANGEROUS.has(`${first} ${second}`);
}
