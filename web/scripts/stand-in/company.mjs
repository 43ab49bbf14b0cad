// The made-up company behind the stand-in: who there is, and what they are doing in each scene.
const now = Date.now();
const ago = (seconds) => new Date(now - seconds * 1000).toISOString();
const wall = (seconds) => ago(seconds).slice(0, 19).replace('T', ' ');

const words = {
  no_device: [
    ['Nejste přihlášeni v žádném zařízení.', 'Vyberte zařízení v nabídce Výběr zařízení.'],
    ['You are not logged in to any device.', 'Choose a device in the device picker.'],
  ],
  no_outbound_queue: [
    ['Nejste přihlášeni v žádné odchozí frontě.', 'Přihlaste se do odchozí fronty.'],
    ['You are not logged in to an outbound queue.', 'Log in to an outbound queue.'],
  ],
  no_inbound_queue: [
    ['Nejste přihlášeni v žádné příchozí frontě.', 'Přihlaste se do příchozí fronty.'],
    ['You are not logged in to an inbound queue.', 'Log in to an inbound queue.'],
  ],
  not_ready: [
    ['Jste odpojeni.', 'Klikněte na Připojit.'],
    ['You are not ready.', 'Press Ready.'],
  ],
  multiple_devices: [
    ['Jste přihlášeni ve více zařízeních.', 'Hovor přijměte na některém ze svých zařízení, nebo zůstaňte přihlášeni jen v jednom.'],
    ['You are logged in to more than one device.', 'Answer on one of your devices, or stay logged in to only one.'],
  ],
  no_email_queue: [
    ['Nejste přihlášeni v žádné e-mailové frontě.', 'Přihlaste se do e-mailové fronty.'],
    ['You are not logged in to an e-mail queue.', 'Log in to an e-mail queue.'],
  ],
  no_chat_queue: [
    ['Nejste přihlášeni v žádné chatové frontě.', 'Přihlaste se do chatové fronty.'],
    ['You are not logged in to a chat queue.', 'Log in to a chat queue.'],
  ],
};

const may = (english, ...codes) => ({
  ok: codes.length === 0,
  blockers: codes.map((code) => {
    const [text, fix] = words[code][english ? 1 : 0];
    return { code, text, fix, subjects: code === 'multiple_devices' ? ['330', '821'] : [] };
  }),
});

const device = (name, title, type, more) => ({
  name, title, type, logged_in: false, reachable: true, answers_remotely: type === 'web', taken_by: '', ...more,
});
const queue = (name, title, type, logged_in, waiting = 0) => ({
  name, title, type, logged_in, login: 'manual', penalty: 0, waiting,
});

const activity = (name, more) => ({
  name, type: 'CALL', action: 'OPEN', state: 'talking', direction: 'in',
  queue: { name: 6001, title: 'Podpora' }, user: { name: 'frantisek', title: 'František Novák', extension: '510' },
  title: '', caller: '00420777123456', caller_name: 'Alena Dvořáková', number: '226000002',
  since: ago(75), ringing: null, until: null, opened: null, connected: null, finished: null, held_since: null,
  held: false, muted: false, position: 0, ringing_devices: [], consulting: '', consultation_answered: false,
  recording: true, ...more,
});

const scenes = {
  idle: { state: 'idle', work: [] },
  fresh: { state: 'not_ready', work: [] },
  offer: { state: 'ringing', work: [activity('activities_7', { action: 'WAIT', state: 'ringing', ringing: ago(6), until: ago(-19), ringing_devices: ['821'] })] },
  blocked: { state: 'ringing', work: [activity('activities_7', { action: 'WAIT', state: 'ringing', ringing: ago(6), until: ago(-19), ringing_devices: ['330', '821'] })] },
  call: { state: 'talking', work: [activity('activities_7', { opened: ago(62), connected: ago(60) })] },
  wrap: { state: 'wrap', work: [activity('activities_7', { state: 'finished', opened: ago(162), connected: ago(160), finished: ago(12) })] },
};

const waiting = activity('activities_9', { action: 'WAIT', state: 'waiting', user: null, caller: '00420602555888', caller_name: '', position: 1, since: ago(38) });

function meOf(scene, english) {
  const { state, work } = scenes[scene] ?? scenes.idle;
  const fresh = scene === 'fresh';
  const two = scene === 'blocked';
  const devices = fresh ? [] : [device('821', 'Web', 'web', { logged_in: true })];
  if (two) devices.unshift(device('330', 'Yealink', 'sip', { logged_in: true }));
  const rest = [device('330', 'Yealink', 'sip', { reachable: false }), device('00420777123456', 'Mobil', 'external')];
  if (two) rest.shift();
  if (fresh) rest.unshift(device('821', 'Web', 'web', { reachable: false }));
  const queues = [queue(6001, 'Podpora', 'in', !fresh, 1), queue(6006, 'Prodej', 'in', !fresh), queue(6002, 'Odchozí', 'out', !fresh), queue(6003, 'E-maily', 'email', false), queue(6004, 'Chat', 'chat', false)];
  return {
    user: { name: 'frantisek', title: 'František Novák', alias: '', extension: '510', type: 'CC', access: 'admin' },
    state, since: ago(134), logged_in: true, ready: !fresh, devices, devices_available: rest,
    queues: queues.filter((each) => each.logged_in), queues_available: queues.filter((each) => !each.logged_in),
    pause: scene === 'wrap' ? { name: 'wrap', title: english ? 'Wrap-up' : 'Čas na zotavení', type: 'wrap', since: ago(12), until: ago(-18) } : null,
    pauses: [{ name: 'lunch', title: 'Oběd', paid: false }, { name: 'break', title: 'Přestávka', paid: true }],
    activities: work,
    can: {
      call_out: fresh ? may(english, 'no_device', 'no_outbound_queue') : may(english),
      receive_calls: fresh ? may(english, 'not_ready', 'no_device', 'no_inbound_queue') : may(english),
      answer_web: two ? may(english, 'multiple_devices') : fresh ? may(english, 'no_device') : may(english),
      auto_answer: two ? may(english, 'multiple_devices') : fresh ? may(english, 'no_device') : may(english),
      send_email: may(english, 'no_email_queue'),
      take_chat: may(english, 'no_chat_queue'),
      be_called: fresh ? may(english, 'no_device') : may(english),
    },
  };
}

const names = [['admin', 'Admin Linka', '500', 'logged_out'], ['frantisek', 'František Novák', '510', 'idle'], ['jana', 'Jana Malá', '511', 'idle'], ['jan', 'Jan Svoboda', '512', 'talking'], ['petr', 'Petr Kučera', '513', 'paused'], ['eva', 'Eva Horáková', '514', 'logged_out'], ['ucetni', 'Účetní', '520', 'idle']];

const users = names.map(([name, title, extension, state], i) => ({
  name, title, alias: '', extension, type: name === 'ucetni' ? 'BO' : 'CC', state, since: ago(60 * i + 20),
  pause: state === 'paused' ? { name: 'lunch', title: 'Oběd', type: 'custom', since: ago(700), until: null } : null,
  queue: null, queues: state === 'logged_out' ? [] : [6001, 6006], devices: state === 'logged_out' ? [] : [String(330 + i)],
  device_reachable: state !== 'logged_out', logged_in_since: ago(9000), activities: [],
}));

const queues = [[6001, 'Podpora', 'in', 1], [6002, 'Odchozí', 'out', 0], [6003, 'E-maily', 'email', 0], [6004, 'Chat', 'chat', 0], [6005, 'SMS', 'sms', 0], [6006, 'Prodej', 'in', 0]].map(([name, title, type, count]) => ({
  name, title, type, waiting: count, waiting_since: count ? ago(38) : null, logged_in: 3, idle: 2, ringing: 0, talking: 1, paused: 0, other: 0, deactivated: false,
}));

export const snapshotOf = (scene, english) => ({
  type: 'snapshot', seq: 1, me: meOf(scene, english),
  realtime: { users, queues, activities: [waiting, ...(scenes[scene] ?? scenes.idle).work], at: new Date().toISOString() },
});

const calls = Array.from({ length: 240 }, (_, i) => ({
  id_call: `activitiesCall_${i}`, name: `activitiesCall_${i}`, call_time: wall(i * 1900 + 300), direction: ['in', 'in', 'out', 'internal'][i % 4], answered: i % 5 !== 0,
  id_queue: i % 4 === 3 ? null : { name: 6001, title: 'Podpora' }, id_agent: i % 5 ? { name: 'jan', title: 'Jan Svoboda' } : null,
  clid: `0042077712${String(1000 + i)}`, prefix_clid_name: i % 3 ? null : 'Alena Dvořáková', did: '226000002', waiting_time: i % 40, ringing_time: 4, hold_time: 0,
  duration: i % 5 ? 40 + i * 7 : 0, disposition_cause: 'caller', disconnection_cause: i % 5 ? '' : 'abandon', attempts: 1,
  activities: i % 5 ? [{ name: `activities_${i}`, user: { name: 'jan', title: 'Jan Svoboda' }, description: null, statuses: [], duration: 60 }] : [],
}));

const wave = (seed) => Array.from({ length: 300 }, (_, i) => Math.abs(Math.sin(i / 9 + seed) * Math.sin(i / 3)) * (Math.floor(i / 40) % 2 === seed ? 0.9 : 0.1));

const why = {
  activity: 'activities_7', interaction: 3, queue: 6001,
  decisions: [{ id: 1, at: ago(70), queue: 6001, strategy: 'leastrecent', chosen: [{ name: 'frantisek', title: 'František Novák' }], candidates: [
    { user: { name: 'frantisek', title: 'František Novák' }, rule: 'chosen', text: 'byl vybrán' },
    { user: { name: 'jana', title: 'Jana Malá' }, rule: 'eligible', text: 'byl volný, strategie dala přednost jinému' },
    { user: { name: 'petr', title: 'Petr Kučera' }, rule: 'paused', text: 'měl pauzu' }] }],
  offers: [{ user: { name: 'frantisek', title: 'František Novák' }, activity: 'activities_7', decision: 1, started: ago(66), ended: ago(60), outcome: 'accepted', reason: '' }],
};

const figures = { total: 30, answered: 25, unanswered: 5, waiting: 0, abandoned: 4, timed_out: 1, in_time: 20, service_level: 0.69, answer_rate: 0.83, asa: 11.4, aht: 190, wait_max: 95, talk: 4200, after_work: 300, attempts: 34, accepted: 25, missed: 6, rejected: 1, withdrawn: 2, activities: 27, activities_out: 2, logged_in_time: 27000, idle_time: 15000, ringing_time: 300, talking_time: 4200, wrap_time: 600, paused_paid_time: 1200, paused_unpaid_time: 1800, occupancy: 0.31 };
const links = Object.fromEntries(Object.keys(figures).map((name) => [name, '/api/live/lists/interactions?filter[0][field]=queue&filter[0][operator]=eq&filter[0][value]=6001']));

const records = {
  users: users.map((user) => ({ ...user, role: { name: user.name === 'admin' ? 'admin' : 'agent' }, deactivated: false, queues: [{ name: 6001, login: 'manual', penalty: 0 }], devices: [{ name: '821' }] })),
  queues: queues.map((each) => ({ ...each, direction: each.type === 'out' ? 'out' : 'in', options: { strategy: 'leastrecent', ringtime: 20, wrapuptime: 10, autoanswer: each.name === 6006, recording: 'bridged' } })),
  sipDevices: [330, 331, 332, 333, 820, 821].map((name) => ({ name: String(name), title: name > 400 ? 'Web' : 'Yealink', type: name > 400 ? 'web' : 'sip', number: null, remote_answer: 'detect', deactivated: false })),
  pauses: [{ name: 'lunch', title: 'Oběd', type: 'custom', paid: false, max_duration: 30, deactivated: false }],
  statuses: [{ name: 's1', title: 'Vyřešeno', description: '', validation: false, nextcall: false }, { name: 's2', title: 'Zavolat znovu', description: '', validation: false, nextcall: true }],
  activitiesCall: calls,
};

export function answerOf(method, path, { english, signedIn, scene }) {
  if (path === '/api/v6/login.json') {
    const value = method === 'DELETE' ? '' : 'token';
    return { status: 200, body: { result: {} }, cookie: `c_user=${value}; Path=/; HttpOnly` };
  }
  if (path === '/api/v6/whoim.json') {
    return { status: 200, body: { result: { version: '0', demo: true, user: signedIn ? { name: 'frantisek', title: 'František Novák' } : null } } };
  }
  const [, model, name] = /^\/api\/v6\/(\w+)(?:\/([^/]+))?\.json$/.exec(path) ?? [];
  if (records[model]) {
    const one = name && records[model].find((row) => String(row.name) === decodeURIComponent(name));
    return { status: 200, body: { result: name ? one : { data: records[model].slice(0, 100), total: records[model].length } } };
  }
  if (path.endsWith('/why')) return { status: 200, body: why };
  if (path.endsWith('/peaks')) return { status: 200, body: { duration: 63, points: 300, left: wave(0), right: wave(1) } };
  if (path.endsWith('/stats/queues')) return { status: 200, body: { data: queues.slice(0, 3).map((each) => ({ queue: each, from: ago(3600), to: ago(0), ...figures, links })) } };
  if (path.endsWith('/stats/users')) return { status: 200, body: { data: users.slice(1, 5).map((user) => ({ user, from: ago(3600), to: ago(0), ...figures, links })) } };
  if (path.includes('/lists/')) return { status: 200, body: { data: calls.slice(0, 30).map((call, i) => ({ id: i, entered: ago(i * 500), queue: 6001, caller: call.clid, number: call.did, user: 'jan', result: 'answered', wait: 5, talk: 70, after_work: 3 })), total: 30 } };
  if (path === '/api/live/demo/background') return { status: 200, body: { on: true, callers_per_hour: 60, callers: 3, colleagues: 4, may: may(english) } };
  if (path === '/api/live/me') return { status: 200, body: meOf(scene, english) };
  if (path.startsWith('/file/')) return { status: 404, body: { error: { code: 'not_found', text: '' } } };
  return { status: 200, body: {} };
}
