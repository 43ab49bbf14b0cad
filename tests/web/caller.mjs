// A customer at the telephone, and whether a page's call carries sound both ways.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

/// SIPp dials through the public network and, once answered, stays for so long. The caller ends it.
export function dial(sipPort, number, seconds) {
  return spawn('sipp', [
    '-sn', 'uac', `127.0.0.1:${sipPort}`, '-s', number, '-i', '127.0.0.1', '-nostdin', '-m', '1',
    '-d', String(seconds * 1000),
  ], { stdio: 'ignore' });
}

/// Packets that came and went over all connections of the page, as the browser counts them. Wants notePeers().
const packets = (page) =>
  page.evaluate(async () => {
    const sum = { came: 0, went: 0 };
    for (const peer of window.peers ?? []) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp') sum.came += report.packetsReceived;
        if (report.type === 'outbound-rtp') sum.went += report.packetsSent;
      }
    }
    return sum;
  });

/// Fails unless a second of audio goes both ways within five.
export async function audioFlows(page) {
  for (let i = 0; i < 20; i += 1) {
    const { came, went } = await packets(page);
    if (came > 50 && went > 50) return;
    await page.waitForTimeout(250);
  }
  assert.fail(`no audio in five seconds: ${JSON.stringify(await packets(page))}`);
}
