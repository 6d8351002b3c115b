import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const service = process.env.SERVICE_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../Service/wwwroot',
    emptyOutDir: true,
    target: 'es2023',
    // The page is served with `default-src 'self'`: no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The chart engine is one chunk of its own and is loaded after the first view.
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: ['../..'] },
    // With the header Host as the browser sent it: the service compares it with Origin.
    proxy: {
      '/api': { target: service },
      '/health': { target: service },
      '/swagger': { target: service },
      '/hubs': { target: service, ws: true },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
    // A page test drives a form key by key; a busy machine needs more than the usual 5 s for it.
    testTimeout: 120_000,
  },
});
