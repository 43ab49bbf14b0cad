// A stand-in for the server, to look at screens in states that are hard to come by: an offer, a call
// in progress, several devices. It answers with the made-up company of company.mjs and decides
// nothing. Everything that is a promise is tested against the real server.
//   node web/scripts/stand-in/server.mjs BUILD PORT [idle|offer|blocked|call|wrap|fresh]
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { answerOf, snapshotOf } from './company.mjs';

const [build = 'dist', port = '4180', scene = 'idle'] = process.argv.slice(2);
const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

function page(response) {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      `default-src 'self'; script-src 'self'; style-src-elem 'self' 'nonce-${nonce}'; ` +
      "style-src-attr 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; " +
      "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(readFileSync(join(build, 'index.html'), 'utf8').replaceAll('__NONCE__', nonce));
}

function file(path, request, response) {
  const place = join(build, normalize(path));
  if (!existsSync(place) || !extname(place)) return page(response);
  const zipped = existsSync(`${place}.gz`) && /gzip/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'Content-Type': types[extname(place)] ?? 'application/octet-stream',
    ...(zipped && { 'Content-Encoding': 'gzip' }),
  });
  response.end(readFileSync(zipped ? `${place}.gz` : place));
  return undefined;
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  if (!/^\/(api|file)\//.test(pathname)) return file(pathname, request, response);
  if (/^\/file\/recording\/[^/]+$/.test(pathname)) {
    response.writeHead(200, { 'Content-Type': 'audio/wav' });
    return response.end(silence(63));
  }
  const english = /lang=en/.test(request.headers.cookie ?? '');
  const signedIn = /c_user=/.test(request.headers.cookie ?? '');
  const { status, body, cookie } = answerOf(request.method, pathname, { english, signedIn, scene });
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(cookie && { 'Set-Cookie': cookie }),
  });
  return response.end(body === undefined ? '' : JSON.stringify(body));
});

// A minute of nothing, as WAV: 8000 samples a second of 8 bits.
function silence(seconds) {
  const sound = Buffer.alloc(44 + 8000 * seconds, 128);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(36 + 8000 * seconds, 4);
  sound.write('WAVEfmt ', 8);
  [16, 0x00010001, 8000, 8000, 0x00080001].forEach((word, i) => sound.writeUInt32LE(word, 16 + 4 * i));
  sound.write('data', 36);
  sound.writeUInt32LE(8000 * seconds, 40);
  return sound;
}

// RFC 6455, as much of it as a page needs: text frames of the server, whole, unmasked.
function frame(text) {
  const bytes = Buffer.from(text);
  const head =
    bytes.length < 126
      ? Buffer.from([0x81, bytes.length])
      : bytes.length < 65536
        ? Buffer.from([0x81, 126, bytes.length >> 8, bytes.length & 255])
        : Buffer.from([0x81, 127, 0, 0, 0, 0, ...new Uint8Array(new Uint32Array([bytes.length]).buffer).reverse()]);
  return Buffer.concat([head, bytes]);
}

server.on('upgrade', (request, socket) => {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}\r\n\r\n`,
  );
  const english = /lang=en/.test(request.headers.cookie ?? '');
  socket.write(frame(JSON.stringify(snapshotOf(scene, english))));
  socket.on('error', () => {});
});

server.listen(Number(port), '127.0.0.1', () => console.log(`stand-in ready http://127.0.0.1:${port}/ ${scene}`));
