// Telephones for the browser tests: those of tests/e2e, in a process of their own. Each sends a tone,
// so that who is heard can be told by its frequency.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

class Call {
  constructor(ask, name, caller = '') {
    this.ask = (what, more) => ask(what, { call: name, ...more });
    this.caller = caller;
  }

  answer = () => this.ask('answer');
  reject = (status) => this.ask('reject', { status });
  hangUp = () => this.ask('hang_up');
  wait = (state) => this.ask('wait', { state });
  /// Until the newest half second is that tone; gives its share of the energy, 0..1.
  hears = (frequency) => this.ask('hears', { frequency });
}

class Phone {
  constructor(ask, name) {
    this.ask = (what, more) => ask(what, { phone: name, ...more });
    this.whole = ask;
  }

  dial = async (number) => new Call(this.whole, await this.ask('dial', { number }));
  /// The next call that rings here.
  ring = async () => new Call(this.whole, ...(await this.ask('ring')));
  mode = (mode) => this.ask('mode', { mode });
}

/// The telephones of a server from startLinka().
export function openPhones({ sipPort }) {
  const child = spawn('/usr/bin/python3', [resolve(import.meta.dirname, 'phones.py'), String(sipPort)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const open = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const { done, failed } = open.get(id);
    open.delete(id);
    if (error === undefined) done(value);
    else failed(new Error(error));
  });
  child.once('exit', () => open.forEach(({ failed }) => failed(new Error('the telephones ended'))));
  const ask = (what, more) => {
    last += 1;
    const answer = new Promise((done, failed) => open.set(last, { done, failed }));
    child.stdin.write(`${JSON.stringify({ id: last, do: what, ...more })}\n`);
    return answer;
  };
  const add = async (name, options) => {
    await ask('phone', { phone: name, name, ...options });
    return new Phone(ask, name);
  };
  return {
    /// A registered device of the demo.
    device: (name, options) => add(name, { password: `sip${name}`, ...options }),
    /// A telephone of the public network; with `port: 5070` the one that the demo's trunk calls.
    outside: (name, options) => add(name, options),
    /// { seconds, left, right } of a sound file; a side is { hz, level, first, last, silence }.
    recording: (path) => ask('recording', { path }),
    close: () =>
      new Promise((done) => {
        child.once('exit', done);
        child.stdin.end();
      }),
  };
}
