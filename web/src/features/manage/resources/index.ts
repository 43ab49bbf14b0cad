import type { Field, Resource } from '../kit';

const name = (kind: Field['kind'] = 'text'): Field => ({ name: 'name', kind, required: true, fixed: true });
const title: Field = { name: 'title', kind: 'text', required: true };
const description: Field = { name: 'description', kind: 'area', advanced: true };
const deactivated: Field = { name: 'deactivated', kind: 'flag', advanced: true };
const seconds = (field: string, max: number, advanced = false): Field => ({
  name: `options.${field}`,
  kind: 'number',
  unit: 's',
  min: 0,
  max,
  advanced,
});

const users: Resource = {
  model: 'users',
  columns: ['title', 'name', 'extension', 'type', 'role', 'deactivated'],
  fields: [
    name(),
    title,
    { name: 'type', kind: 'choice', choices: ['CC', 'BO'] },
    { name: 'role', kind: 'choice', choices: ['agent', 'manager', 'admin', 'back_office'] },
    { name: 'extension', kind: 'text' },
    { name: 'password', kind: 'password' },
    { name: 'devices', kind: 'rights', of: 'sipDevices' },
    { name: 'queues', kind: 'rights', of: 'queues' },
    { name: 'alias', kind: 'text', advanced: true },
    { name: 'clid', kind: 'text', advanced: true },
    { name: 'forwarding_number', kind: 'text', advanced: true },
    { name: 'recordAtCallStart', kind: 'choice', choices: ['disabled', 'immediately', 'bridged'], advanced: true },
    { name: 'noQueueCallsAllowed', kind: 'flag', advanced: true },
    deactivated,
  ],
};

const sipDevices: Resource = {
  model: 'sipDevices',
  columns: ['name', 'title', 'type', 'number', 'remote_answer', 'deactivated'],
  fields: [
    name(),
    { name: 'type', kind: 'choice', choices: ['sip', 'web', 'external'], fixed: true },
    title,
    { name: 'number', kind: 'text' },
    { name: 'password', kind: 'password' },
    { name: 'remote_answer', kind: 'choice', choices: ['detect', 'yes', 'no'], advanced: true },
    { name: 'cc_device', kind: 'flag', advanced: true },
    description,
    deactivated,
  ],
};

const queues: Resource = {
  model: 'queues',
  columns: ['name', 'title', 'type', 'direction', 'options.strategy', 'deactivated'],
  fields: [
    name(),
    title,
    { name: 'type', kind: 'choice', choices: ['in', 'out', 'email', 'chat', 'sms'] },
    {
      name: 'options.strategy',
      kind: 'choice',
      choices: ['leastrecent', 'all', 'all_penalty_order', 'random_with_penalty_groups'],
    },
    seconds('ringtime', 3600),
    seconds('wrapuptime', 3600),
    { name: 'options.autoanswer', kind: 'flag' },
    { name: 'options.recording', kind: 'choice', choices: ['disabled', 'immediately', 'bridged'] },
    { name: 'options.lajdak', kind: 'flag', advanced: true },
    { name: 'options.weight', kind: 'number', min: 0, max: 10, advanced: true },
    seconds('sleeptime', 3600, true),
    seconds('maxwait', 86_400, true),
    { name: 'options.maxlength', kind: 'number', min: 0, max: 10_000, advanced: true },
    { name: 'options.position_announcement', kind: 'flag', advanced: true },
    seconds('answer_within', 3600, true),
    seconds('abandon_within', 3600, true),
    { name: 'options.outboundcid', kind: 'text', advanced: true },
    { name: 'options.music', kind: 'text', advanced: true },
    { name: 'alias', kind: 'text', advanced: true },
    description,
    deactivated,
  ],
};

const pauses: Resource = {
  model: 'pauses',
  nameless: true,
  columns: ['title', 'type', 'paid', 'max_duration', 'deactivated'],
  fields: [
    title,
    { name: 'paid', kind: 'flag' },
    { name: 'max_duration', kind: 'number', unit: 'min', min: 0, max: 1440 },
    { name: 'prevent_direct_calls', kind: 'flag', advanced: true },
    deactivated,
  ],
};

const statuses: Resource = {
  model: 'statuses',
  nameless: true,
  columns: ['title', 'description', 'validation', 'nextcall'],
  fields: [title, { name: 'validation', kind: 'flag' }, { name: 'nextcall', kind: 'flag' }, { ...description, advanced: false }],
};

const all: Record<string, Resource> = { users, sipDevices, queues, pauses, statuses };

export const resourceOf = (model: string): Resource | undefined => all[model];
export const resources = Object.values(all);
