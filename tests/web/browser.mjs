// Debian's Chromium, driven through its own protocol: offline, headless, with a made-up microphone.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { listenTo, writeTone } from './sound.mjs';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const { chromium } = require('playwright-core');

export const axeSource = require.resolve('axe-core/axe.min.js');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--ignore-certificate-errors',
];

// LINKA_TEST_SLOWDOWN=8: pages compute that many times slower, which shows what a busy machine would.
const slowdown = Number(process.env.LINKA_TEST_SLOWDOWN ?? 1);

async function slow(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/// A fresh browser with its own profile; close() ends it and removes the profile. With `tone` its
/// microphone gives that many Hz, and `ear` measures what its pages hear.
export async function openBrowser({ tone, ...options } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'linka-browser-'));
  const voice = join(profile, 'voice.wav');
  if (tone) writeTone(voice, tone);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: tone ? [...flags, `--use-file-for-fake-audio-capture=${voice}`] : flags,
    ignoreHTTPSErrors: true,
    reducedMotion: 'reduce',
    locale: 'cs-CZ',
    ...options,
  });
  if (slowdown > 1) {
    context.on('page', (page) => slow(context, page));
    for (const page of context.pages()) await slow(context, page);
  }
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(15_000);
  return {
    page,
    context,
    ear: tone ? await listenTo(context) : null,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/// Language and theme as a person would have chosen them before.
export function prefer(context, language, scheme) {
  return context.addInitScript(
    ([chosen, theme]) => {
      localStorage.setItem('linka.language', chosen);
      localStorage.setItem('mantine-color-scheme-value', theme);
    },
    [language, scheme],
  );
}

export async function signIn(page, base, name, password) {
  await page.goto(`${base}/login`);
  await page.locator('#username').pressSequentially(name);
  await page.locator('#password').pressSequentially(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.lk-chip-button');
}

/// From now on `window.peers` of each page lists its peer connections, so that a test can ask what they carried.
export async function notePeers(context) {
  await context.addInitScript(() => {
    window.peers = [];
    window.RTCPeerConnection = class extends window.RTCPeerConnection {
      constructor(...options) {
        super(...options);
        window.peers.push(this);
      }
    };
  });
}
