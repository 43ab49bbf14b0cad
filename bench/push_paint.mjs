#!/usr/bin/env node
// push_paint [COUNT]: from a change of state on the server to the pixels. A user's pause begins and ends
// COUNT times (300) by the API; Chromium shows their own state in the bar, and that of a colleague in
// the Realtime tables. Prints a table in Markdown, milliseconds. Wants build/linka and build/web, and
// the machine to itself.
//
// *Push to paint* is from the arrival of the push message in the page to the first task after the frame
// that shows it; *request to paint* from the API request's departure to the same.
import { openApi } from '../tests/web/api.mjs';
import { openBrowser, prefer, signIn } from '../tests/web/browser.mjs';
import { startLinka } from '../tests/web/server.mjs';

const count = Number(process.argv[2] ?? 300);
const now = () => performance.timeOrigin + performance.now();

/// Runs in the page: notes when push messages arrive, and waits for what they bring.
function watch() {
  const instant = () => performance.timeOrigin + performance.now();
  let arrived = 0;
  window.WebSocket = class extends window.WebSocket {
    constructor(...options) {
      super(...options);
      this.addEventListener('message', () => (arrived = instant()));
    }
  };
  /// Resolves once the frame has been painted in which `place` has, or has not, `mark`.
  window.expectPaint = (place, mark, has) => {
    window.painted = new Promise((done) => {
      const isThere = () => Boolean(document.querySelector(place)?.querySelector(mark)) === has;
      const seen = new MutationObserver(() => {
        if (!isThere()) return;
        seen.disconnect();
        const push = arrived;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done({ push, painted: instant() });
          port2.postMessage(0);
        });
      });
      seen.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  };
}

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
const row = (name, figures) => {
  const sorted = [...figures].sort((a, b) => a - b);
  const cells = [0.5, 0.95, 0.99, 1].map((part) => share(sorted, part).toFixed(1));
  return `| ${name} | ${cells.join(' | ')} |`;
};

async function measure(page, api, pause, place, mark) {
  const pushToPaint = [];
  const requestToPaint = [];
  for (let i = 0; i < count; i += 1) {
    const begins = i % 2 === 0;
    await page.evaluate(([where, what, has]) => window.expectPaint(where, what, has), [place, mark, begins]);
    const sent = now();
    await api.post('/api/live/me/pause', { pause: begins ? pause : null });
    const { push, painted } = await page.evaluate(() => window.painted);
    pushToPaint.push(painted - push);
    requestToPaint.push(painted - sent);
  }
  return { pushToPaint, requestToPaint };
}

const linka = await startLinka();
const browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
try {
  const { page, context } = browser;
  await prefer(context, 'cs', 'light');
  await context.addInitScript(watch);
  const own = await openApi(linka.base, 'admin', 'demo500');
  const colleague = await openApi(linka.base, 'frantisek', 'demo510');
  await own.work(['820'], [6001]);
  await colleague.work(['821'], [6001]);
  await signIn(page, linka.base, 'admin', 'demo500');
  const [{ name: pause }] = (await own.me()).pauses;
  const bar = await measure(page, own, pause, '.lk-bar', '.lk-tone-pause');
  await page.goto(`${linka.base}/realtime`);
  await page.getByText('František Novák').first().waitFor();
  const table = await measure(page, colleague, pause, 'main', '.lk-tone-pause');
  console.log(`| ${count} changes each, ms | p50 | p95 | p99 | most |\n| --- | --- | --- | --- | --- |`);
  console.log(row('own state in the bar, push to paint', bar.pushToPaint));
  console.log(row('own state in the bar, request to paint', bar.requestToPaint));
  console.log(row('colleague in Realtime, push to paint', table.pushToPaint));
  console.log(row('colleague in Realtime, request to paint', table.requestToPaint));
} finally {
  await browser.close();
  await linka.stop();
}
