// Addresses and their screens. The desk is in the first load; other screens come when opened.
import { useQuery, type QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';

import { readList } from '../features/calls/list';
import { readSearch as readCalls } from '../features/calls/search';
import { readChanges } from '../features/manage/changes/search';
import { Desk } from '../features/desk/Desk';
import { Frame } from '../features/frame/Frame';
import { NotFound } from '../ui/NotFound';
import { SignIn } from '../features/sign-in/SignIn';
import { readSearch as readStatistics } from '../features/statistics/period';
import { whoQuery } from '../features/work/session';
import { withMore } from '../i18n';
import { Failed } from '../ui/States';

interface Context {
  client: QueryClient;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (raw: Record<string, unknown>): { to?: string } => {
    const to = text(raw.to);
    return to?.startsWith('/') && !to.startsWith('//') && !to.startsWith('/login') ? { to } : {};
  },
  component: SignIn,
});

function AppFrame() {
  const who = useQuery(whoQuery);
  return <Frame demo={who.data?.demo ?? false} />;
}

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const who = await context.client.ensureQueryData(whoQuery);
    if (!who.user) {
      const to = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/login', search: { to } });
    }
  },
  component: AppFrame,
});

const desk = createRoute({ getParentRoute: () => app, path: '/', component: Desk });

const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  validateSearch: readCalls,
  component: lazyRouteComponent(() => import('../features/calls/CallsPage'), 'CallsPage'),
});

const realtime = createRoute({
  getParentRoute: () => app,
  path: '/realtime',
  validateSearch: (raw: Record<string, unknown>): { queues?: string; people?: string } => ({
    queues: text(raw.queues),
    people: text(raw.people),
  }),
  component: lazyRouteComponent(() => import('../features/realtime/RealtimePage'), 'RealtimePage'),
});

const statistics = createRoute({
  getParentRoute: () => app,
  path: '/statistics',
  validateSearch: readStatistics,
  component: lazyRouteComponent(() => withMore(import('../features/statistics/StatisticsPage')), 'StatisticsPage'),
});

const list = createRoute({
  getParentRoute: () => app,
  path: '/statistics/list',
  validateSearch: readList,
  component: lazyRouteComponent(() => withMore(import('../features/calls/ListPage')), 'ListPage'),
});

const manage = createRoute({
  getParentRoute: () => app,
  path: '/manage',
  component: lazyRouteComponent(() => withMore(import('../features/manage/ManagePage')), 'ManagePage'),
});

const resource = createRoute({
  getParentRoute: () => app,
  path: '/manage/$resource',
  validateSearch: (raw: Record<string, unknown>): { q?: string; group?: string; edit?: string } => ({
    q: text(raw.q),
    group: text(raw.group),
    edit: text(raw.edit),
  }),
  component: lazyRouteComponent(() => withMore(import('../features/manage/ResourceList')), 'ResourceList'),
});

const changes = createRoute({
  getParentRoute: () => app,
  path: '/manage/auditLog',
  validateSearch: readChanges,
  component: lazyRouteComponent(() => withMore(import('../features/manage/changes/ChangesPage')), 'ChangesPage'),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => withMore(import('../features/settings/SettingsPage')), 'SettingsPage'),
});

const help = createRoute({
  getParentRoute: () => app,
  path: '/help',
  component: lazyRouteComponent(() => withMore(import('../features/help/HelpPage')), 'HelpPage'),
});

// Within the frame, so that a wrong address does not take the phone and its call away.
const nowhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFound });

const tree = root.addChildren([
  login,
  app.addChildren([desk, calls, realtime, statistics, list, manage, changes, resource, settings, help, nowhere]),
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    // Plain words in addresses: ?queue=6001, not ?queue="6001".
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
