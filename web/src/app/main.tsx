import '../ui/mantine.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/kit.css';

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';

import { ApiError } from '../api/errors';
import { whenSignedOut } from '../api/http';
import { startLanguage } from '../i18n';
import { nonce, theme, variables } from '../ui/theme';
import { Toasts } from '../ui/toasts';
import { makeRouter } from './router';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => !(error instanceof ApiError && error.status < 500) && count < 2,
    },
  },
});

const router = makeRouter(client);

whenSignedOut(() => {
  if (location.pathname !== '/login') {
    client.removeQueries({ queryKey: ['who'] });
    void router.invalidate();
  }
});

const root = document.getElementById('root');
void startLanguage().then(() => {
  if (!root) return;
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
      deduplicateCssVariables={false}
    >
      <Toasts />
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
});
