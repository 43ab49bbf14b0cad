// The demo company after a few calls of real telephones, and the scenes of an agent's day, for pictures
// and for looking at a screen in a state that is hard to come by.
import { openApi, until } from './api.mjs';
import { prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const support = '226000002';
const passwords = { admin: 'demo500', frantisek: 'demo510', jana: 'demo511', petr: 'demo513' };
const seconds = (count) => new Promise((next) => setTimeout(next, count * 1000));

export async function openCompany() {
  const linka = await startLinka();
  const phones = openPhones(linka);
  const api = {};
  for (const [name, password] of Object.entries(passwords)) api[name] = await openApi(linka.base, name, password);
  const statuses = (await api.admin.records('statuses')).map((status) => status.name);
  const customers = [];
  for (const number of ['777123456', '608555010', '222333444', '+421905111222', '731200300', '601601601']) {
    customers.push(await phones.outside(number, { frequency: 440 }));
  }
  const desks = {
    frantisek: await phones.device('330'),
    jana: await phones.device('331', { frequency: 740 }),
    petr: await phones.device('333', { frequency: 520 }),
  };
  let call = null;
  let turn = 0;
  const nextCustomer = () => customers[(turn += 1) % customers.length];
  const hangUp = async () => {
    await call?.hangUp();
    call = null;
  };

  /// Ends what a user still has to write down, with a note and an outcome; without a note nothing is chosen.
  const finish = async (name, note) => {
    const open = await until(async () => {
      const { activities } = await api[name].me();
      return activities.length > 0 && activities.every((each) => each.state === 'finished') && activities;
    }, `${name} is after the call`);
    for (const activity of open) await api[name].post(`/api/live/activities/${activity.name}/close`, { statuses: note ? [statuses[note.length % statuses.length]] : [], note });
    await api[name].post('/api/live/me/pause', { pause: null });
  };
  const talk = async (name, length, note) => {
    const visit = await nextCustomer().dial(support);
    const ringing = await desks[name].ring();
    await ringing.answer();
    await seconds(length);
    await visit.hangUp();
    await finish(name, note);
  };
  const dialAndWait = async (page) => {
    call = await nextCustomer().dial(support);
    await page.locator('.lk-offer').first().waitFor();
  };
  const atWork = async (devices) => {
    const { devices: now } = await api.frantisek.me();
    const others = now.map(({ name }) => name).filter((name) => !devices.includes(name));
    await api.frantisek.post('/api/live/me/devices', { login: devices, logout: others });
    await api.frantisek.post('/api/live/me/queues', { login: [6001, 6002] });
    await api.frantisek.post('/api/live/me/ready');
  };

  const scenes = {
    fresh: async () => {
      const { devices, queues } = await api.frantisek.me();
      await api.frantisek.post('/api/live/me/devices', { logout: devices.map(({ name }) => name) });
      await api.frantisek.post('/api/live/me/queues', { logout: queues.map(({ name }) => name) });
    },
    idle: () => atWork(['821']),
    blocked: async (page) => {
      await atWork(['821', '330']);
      await dialAndWait(page);
      await desks.frantisek.ring();
    },
    offer: async (page) => {
      await hangUp();
      await page.locator('.lk-offer').waitFor({ state: 'detached' });
      await atWork(['821']);
      await dialAndWait(page);
    },
    call: async (page) => {
      if (!call) await dialAndWait(page);
      await page.locator('.lk-offer [aria-keyshortcuts="F2"]').waitFor();
      await page.keyboard.press('F2');
      await page.locator('.lk-strip').waitFor();
      await seconds(2);
    },
    wrap: async (page) => {
      await hangUp();
      await page.locator('.lk-strip').waitFor({ state: 'detached' });
    },
  };
  return {
    base: linka.base,
    scenes: {
      ...scenes,
      call: async (page) => {
        await page.goto(`${linka.base}/`);
        const left = (await api.frantisek.me()).activities.filter((each) => each.state === 'finished');
        if (left.length > 0) await finish('frantisek', 'Vyřešeno');
        await scenes.call(page);
      },
      fresh: async (page) => {
        if ((await api.frantisek.me()).activities.length > 0) await finish('frantisek', 'Zavolá zítra');
        await scenes.fresh(page);
      },
    },
    prefer: ({ context }, { language, scheme }) => prefer(context, language, scheme),
    signIn: ({ page }, name) => signIn(page, linka.base, name, passwords[name]),
    /// A group, and what an administrator changed.
    makeChanges: async () => {
      await api.admin.post('/api/v6/groups.json', { name: 'prodej', title: 'Prodej', type: 'queues', queues: ['6001', '6006'] });
      await api.admin.put('/api/v6/queues/6001.json', { title: 'Podpora zákazníků', options: { ringtime: 25 } });
      await api.admin.put('/api/v6/users/eva.json', { alias: 'Eva' });
    },
    /// Calls that were answered, by whom, and calls that nobody took.
    makeHistory: async () => {
      await api.admin.work(['820'], [6001]);
      for (let i = 0; i < 2; i += 1) {
        const lost = await nextCustomer().dial(support);
        await lost.wait('answered'); // by the queue's music
        await seconds(1);
        await lost.hangUp();
      }
      await api.jana.work(['331'], [6001, 6002]);
      await talk('jana', 6, 'Objednávka 2024/117: poslat znovu potvrzení.');
      await talk('jana', 3, 'Ptá se na otevírací dobu.');
      const [pause] = (await api.jana.me()).pauses;
      await api.jana.post('/api/live/me/pause', { pause: pause.name });
      await api.petr.work(['333'], [6001]);
      await talk('petr', 4, 'Reklamace přijata.');
      await talk('petr', 2, '');
      await api.petr.post('/api/live/me/pause', { pause: pause.name });
    },
    close: async () => {
      await hangUp();
      await phones.close();
      await linka.stop();
    },
  };
}
