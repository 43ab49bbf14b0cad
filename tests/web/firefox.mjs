// Debian's Firefox, headless, driven through WebDriver BiDi by the same library as Chromium.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const { firefox } = require('playwright-core');

/// A fresh Firefox with its own profile and a made-up microphone; close() ends it and removes the profile.
/// Playwright's fill() sets a field behind React's back here: use pressSequentially().
export async function openFirefox(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'linka-firefox-'));
  const context = await firefox.launchPersistentContext(profile, {
    channel: 'moz-firefox',
    executablePath: join(import.meta.dirname, 'firefox-relay.mjs'),
    headless: true,
    ignoreHTTPSErrors: true,
    locale: 'cs-CZ',
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'ui.prefersReducedMotion': 1,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
    ...options,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  return {
    page,
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
