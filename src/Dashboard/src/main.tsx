// First, so that the styles of features come after the ones they override.
import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import './design/print.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queryClient';
import { App } from './app/App';
import { loadKoreanFont } from './design/fonts';
import { createHub } from './live/hub';
import { LiveConnection } from './live/LiveConnection';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element #root.');
}

loadKoreanFont();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <App connection={new LiveConnection((policy) => createHub(policy))} />
    </QueryClientProvider>
  </StrictMode>,
);
