import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const service = process.env.SERVICE_URL ?? 'http://127.0.0.1:5080';

/** Puts the fonts' licenses beside them, and loads the font of the first view with the page. */
const fonts: Plugin = {
  name: 'fonts',
  apply: 'build',
  buildStart() {
    for (const font of ['-variable/inter', '-variable/noto-sans-kr', '/stix-two-math']) {
      const source = readFileSync(`node_modules/@fontsource${font}/LICENSE`, 'utf8');
      this.emitFile({ type: 'asset', fileName: `licenses/${font.slice(font.indexOf('/') + 1)}.txt`, source });
    }
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /inter-latin-wght-normal/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` },
          injectTo: 'head',
        })),
  },
};

export default defineConfig({
  plugins: [react(), fonts],
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
    // Threads start sooner than processes; by default one core is left free.
    pool: 'threads',
    maxWorkers: '100%',
    // A page test drives a form key by key; a busy machine needs more than the usual 5 s for it.
    testTimeout: 120_000,
  },
});
