// The development server passes what is not the page on to a running Linka (LINKA, default the
// port of ./run), so that page, API and push socket share one origin as in production.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.LINKA ?? 'https://127.0.0.1:8443';

const proxied = {
  target: server,
  secure: false,
  changeOrigin: true,
  ws: true,
  headers: { origin: server },
};
const proxy = Object.fromEntries(
  ['/api', '/file', '/healthz', '/certificate'].map((path) => [path, proxied]),
);

// The first load is few files: the libraries of every screen, our shared parts, the entry. What only
// some screens use stays with them.
const everywhere =
  /node_modules\/(react|react-dom|scheduler|@mantine|@floating-ui|react-remove-scroll|react-textarea-autosize|@tanstack\/(react-query|query-core|react-router|router-core|history|store|react-store)|i18next|react-i18next|zustand|clsx|use-.*|tslib|openapi-fetch)\//;
const groups = [
  { name: 'libraries', test: everywhere, priority: 2 },
  {
    name: 'base',
    test: /src\/(api\/(?!routing)|live|phone|features\/work\/(?!Why|why|GroupFilter|personState)|ui\/(?!DataTable|HeadCell|Pages|PeriodFields|Sure|useFirstWrong|useRowKeys)|i18n\/index)/,
    priority: 1,
  },
];

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  test: { include: ['src/**/*.test.ts'] },
});
