// The administrator of a fresh demo: signed in, in Czech, in a browser and at the API.
import { openApi } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

/// { linka, admin, page, close }.
export async function openAdministrator() {
  const linka = await startLinka();
  const admin = await openApi(linka.base, 'admin', 'demo500');
  const browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  await signIn(browser.page, linka.base, 'admin', 'demo500');
  const close = async () => {
    await browser.close();
    await linka.stop();
  };
  return { linka, admin, page: browser.page, close };
}
