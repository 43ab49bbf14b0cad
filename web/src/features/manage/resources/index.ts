import type { Field, Resource } from '../kit';

const name = (next?: string): Field => ({ name: 'name', kind: 'text', required: true, fixed: true, next });
const title: Field = { name: 'title', kind: 'text', required: true };
const description: Field = { name: 'description', kind: 'area', advanced: true };
const deactivated: Field = { name: 'deactivated', kind: 'flag', advanced: true };

type Typed = { type?: unknown };
const isAgent = ({ type }: Typed) => type !== 'BO';
const isInbound = ({ type }: Typed) => type === 'in';
const isOutbound = ({ type }: Typed) => type === 'out';
export const isServed = ({ type }: Typed) => type === 'in' || type === 'out';
const has = (kind: string) => ({ type }: Typed) => type === kind;

const seconds = (field: string, max: number, standard: number, more: Partial<Field> = {}): Field => ({
  name: `options.${field}`,
  kind: 'number',
  unit: 's',
  min: 0,
  max,
  standard,
  ...more,
});
const waiting: Partial<Field> = { when: isInbound };
const waitingMore: Partial<Field> = { when: isInbound, advanced: true };

const users: Resource = {
  model: 'users',
  columns: ['title', 'name', 'extension', 'type', 'role', 'devices', 'state', 'deactivated'],
  fields: [
    name(),
    title,
    {
      name: 'type',
      kind: 'choice',
      choices: ['CC', 'BO'],
      standard: 'CC',
      locks: true,
      also: ({ type, role }) => (type === 'BO' ? { role: 'back_office' } : role === 'back_office' ? { role: 'agent' } : {}),
    },
    { name: 'role', kind: 'choice', choices: ['agent', 'manager', 'admin', 'back_office'], standard: 'agent', locks: true },
    { name: 'extension', kind: 'text', locks: true, next: '501' },
    { name: 'password', kind: 'password' },
    { name: 'devices', kind: 'rights', of: 'sipDevices' },
    { name: 'queues', kind: 'rights', of: 'queues', locks: true, when: isAgent },
    { name: 'alias', kind: 'text', advanced: true },
    { name: 'clid', kind: 'text', advanced: true },
    { name: 'forwarding_number', kind: 'text', advanced: true },
    {
      name: 'recordAtCallStart',
      kind: 'choice',
      choices: ['disabled', 'immediately', 'bridged'],
      standard: 'bridged',
      advanced: true,
    },
    { name: 'noQueueCallsAllowed', kind: 'flag', standard: false, advanced: true, when: isAgent },
    { ...deactivated, locks: true },
  ],
};

const sipDevices: Resource = {
  model: 'sipDevices',
  columns: ['name', 'title', 'type', 'number', 'owner', 'registered', 'logged_in', 'deactivated'],
  fields: [
    name('301'),
    { name: 'type', kind: 'choice', choices: ['sip', 'web', 'external'], standard: 'sip', fixed: true },
    title,
    { name: 'number', kind: 'text', required: true, when: has('external') },
    { name: 'password', kind: 'password', advanced: true, when: has('sip') },
    { name: 'shared', kind: 'flag', standard: false, when: has('sip') },
    {
      name: 'remote_answer',
      kind: 'choice',
      choices: ['detect', 'yes', 'no'],
      standard: 'detect',
      advanced: true,
      when: has('sip'),
    },
    description,
    deactivated,
  ],
};

const queues: Resource = {
  model: 'queues',
  columns: ['name', 'title', 'type', 'options.strategy', 'people', 'deactivated'],
  fields: [
    name('6001'),
    title,
    // The types that something serves.
    { name: 'type', kind: 'choice', choices: ['in', 'out'], standard: 'in', fixed: true },
    {
      name: 'options.strategy',
      kind: 'choice',
      choices: ['leastrecent', 'all', 'all_penalty_order', 'random_with_penalty_groups'],
      standard: 'leastrecent',
      ...waiting,
    },
    seconds('ringtime', 90, 20, { ...waiting, min: 5 }),
    seconds('wrapuptime', 900, 15, { when: isServed }),
    { name: 'options.autoanswer', kind: 'flag', standard: false, ...waiting },
    {
      name: 'options.recording',
      kind: 'choice',
      choices: ['disabled', 'immediately', 'bridged'],
      standard: 'bridged',
      when: isServed,
    },
    { name: 'options.outboundcid', kind: 'text', when: isOutbound },
    { name: 'options.lajdak', kind: 'flag', standard: true, ...waitingMore },
    { name: 'options.weight', kind: 'number', min: 0, max: 10, standard: 5, ...waitingMore },
    seconds('sleeptime', 60, 5, waitingMore),
    seconds('maxwait', 3600, 0, waitingMore),
    { name: 'options.maxlength', kind: 'number', min: 0, max: 50, standard: 0, ...waitingMore },
    { name: 'options.position_announcement', kind: 'flag', standard: false, ...waitingMore },
    seconds('answer_within', 3600, 20, waitingMore),
    seconds('abandon_within', 3600, 5, waitingMore),
    { name: 'options.music', kind: 'text', standard: 'default', ...waitingMore },
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
    { name: 'paid', kind: 'flag', standard: true },
    { name: 'max_duration', kind: 'number', unit: 'min', min: 0, max: 1440, standard: 0 },
    { name: 'prevent_direct_calls', kind: 'flag', standard: false, advanced: true },
    deactivated,
  ],
};

const statuses: Resource = {
  model: 'statuses',
  nameless: true,
  columns: ['title', 'description'],
  fields: [title, { ...description, advanced: false }],
};

const all: Record<string, Resource> = { users, sipDevices, queues, pauses, statuses };

export const resourceOf = (model: string): Resource | undefined => all[model];
export const resources = Object.values(all);
