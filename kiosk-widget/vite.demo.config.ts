import { defineConfig } from 'vite';

/** The demo kiosk page, served under `/kiosk/`. It embeds the widget like any other site: by its script's address. */
export default defineConfig({
  root: 'demo',
  base: '/kiosk/',
  build: {
    outDir: '../dist-demo',
    emptyOutDir: true,
    target: 'es2022',
    // A strict policy lets no `data:` addresses in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
