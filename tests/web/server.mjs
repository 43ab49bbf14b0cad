// A Linka of our own for the tests: fresh demo data, free ports, ended by its process id.
// LINKA_URL uses one that runs already. While the server does not give out the web app itself,
// vite's preview stands before it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const top = resolve(import.meta.dirname, '../..');
const binary = process.env.LINKA_BINARY ?? join(top, 'build/linka');
const build = process.env.LINKA_WEB ?? join(top, 'build/web');

const handedOut = new Set();

// Below the ports that the system gives to connections and those of audio: one of these could take it before we do.
export function freePort() {
  const port = 6200 + 2 * Math.floor(Math.random() * 1900);
  if (handedOut.has(port)) return freePort();
  handedOut.add(port);
  return new Promise((done) => {
    const probe = createServer()
      .once('error', () => done(freePort()))
      .listen(port, '127.0.0.1', () => probe.close(() => done(port)));
  });
}

function lineOf(child, wanted, seconds) {
  return new Promise((done, failed) => {
    let text = '';
    const late = setTimeout(() => failed(new Error(`no "${wanted}" in ${seconds} s:\n${text}`)), seconds * 1000);
    const read = (bytes) => {
      text += bytes;
      const line = text.split('\n').find((each) => each.includes(wanted));
      if (!line) return;
      clearTimeout(late);
      done(line);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`ended with ${code}:\n${text}`)));
  });
}

function stop(child) {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', done);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 8000).unref();
  });
}

const givesPage = (base) =>
  fetch(`${base}/`)
    .then(async (answer) => answer.ok && (await answer.text()).includes('id="root"'))
    .catch(() => false);

/// { base, sipPort, data, pid, setupPath, stop } of a server that answers; `data` is its directory,
/// `setupPath` the way to the first password of an empty one, `options` are further ones of serve. `base` is at `host`,
/// an address of this computer.
export async function startLinka(options = [], host = '127.0.0.1') {
  if (process.env.LINKA_URL) {
    return { base: process.env.LINKA_URL, sipPort: Number(process.env.LINKA_SIP ?? 5060), stop: async () => {} };
  }
  if (!existsSync(binary)) throw new Error(`${binary} is not built yet: scripts/build release`);
  const data = mkdtempSync(join(tmpdir(), 'linka-web-test-'));
  const [https, http, sip, sips, web] = await Promise.all([1, 2, 3, 4, 5].map(freePort));
  const rtp = 24000 + (process.pid % 80) * 100; // below the ports that the system gives away, as those above
  const child = spawn(binary, [
    'serve', '--data', join(data, 'data'), '--https-port', https, '--http-port', http,
    '--sip-port', sip, '--sips-port', sips, '--rtp-ports', `${rtp}-${rtp + 99}`, ...options,
  ].map(String), { cwd: top });
  const setup = options.includes('empty') ? lineOf(child, '/setup/', 30) : Promise.resolve('');
  await lineOf(child, 'linka ready', 30);
  const setupPath = (await setup).replace(/.*(?=\/setup\/)/, '').trim();
  const own = `https://${host}:${https}`;
  const children = [child];
  let base = own;
  if (!(await givesPage(own))) {
    const preview = spawn(process.execPath, [
      join(top, 'web/node_modules/vite/bin/vite.js'), 'preview', '--outDir', build, '--host', '127.0.0.1',
      '--port', String(web), '--strictPort',
    ], { cwd: join(top, 'web'), env: { ...process.env, LINKA: own } });
    await lineOf(preview, String(web), 30);
    children.unshift(preview);
    base = `http://127.0.0.1:${web}`;
  }
  return {
    base,
    sipPort: sip,
    data: join(data, 'data'),
    pid: child.pid,
    setupPath,
    stop: async () => {
      for (const each of children) await stop(each);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
