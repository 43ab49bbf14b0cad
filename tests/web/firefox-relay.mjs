#!/usr/bin/env node
// Debian's Firefox for Playwright: starts it with the arguments given and stands between the two. Playwright sends
// one command that this Firefox does not know (colour scheme and motion); a page is tested without it, so it is
// answered here. All else goes through as it is.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const { WebSocket, WebSocketServer } = require('ws');

const unknownToFirefox = 'emulation.setMediaFeaturesOverride';
const listening = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(process.env.FIREFOX ?? '/usr/bin/firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.once('exit', (code) => process.exit(code ?? 1));
process.once('SIGTERM', () => firefox.kill('SIGTERM'));

function join(near, far) {
  const early = [];
  near.on('message', (bytes) => {
    const { id, method } = JSON.parse(bytes);
    if (method === unknownToFirefox) near.send(JSON.stringify({ type: 'success', id, result: {} }));
    else if (far.readyState === WebSocket.OPEN) far.send(bytes.toString());
    else early.push(bytes.toString());
  });
  far.once('open', () => early.splice(0).forEach((text) => far.send(text)));
  far.on('message', (bytes) => near.send(bytes.toString()));
  far.on('error', () => near.close());
  far.once('close', () => near.close());
  near.once('close', () => far.close());
}

function serve(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (near) => join(near, new WebSocket(`${address}/session`)));
  server.once('listening', () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`);
  });
}

let said = '';
firefox.stderr.on('data', (bytes) => {
  if (said === null) return;
  said += bytes;
  const address = said.match(listening)?.[1];
  if (!address) return;
  said = null;
  serve(address);
});
