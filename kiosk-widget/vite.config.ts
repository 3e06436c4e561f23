import { defineConfig, type Plugin } from 'vite';

/**
 * Parts of mediasoup-client that no kiosk runs: React Native, a fake for its own tests, and Chromium before 111 (the panel
 * needs 119 anyway). They are a seventh of the call path.
 */
const leftOut = /\/(ReactNative106|FakeHandler|Chrome74|fakeParameters)$/;

/** mediasoup-client logs through `debug`, which is silent unless somebody sets a flag in the kiosk's storage by hand. */
const silentLog = 'export default () => () => undefined;';

const trimMediasoup: Plugin = {
  name: 'trim-mediasoup-client',
  enforce: 'pre',
  resolveId(id, importer = '') {
    if (id === 'debug') return '\0silent-log';
    return importer.includes('mediasoup-client') && leftOut.test(id) ? '\0left-out' : null;
  },
  load: (id) => (id === '\0silent-log' ? silentLog : id === '\0left-out' ? 'export {};' : null),
};

/**
 * The widget, served under `/widget/`: `bangban.js`, and beside it the chunk that it loads on intent. Everything is named
 * relative to the script, so that it works on a page of another origin.
 */
export default defineConfig({
  base: './',
  plugins: [trimMediasoup],
  build: {
    outDir: 'dist',
    target: 'es2022',
    lib: { entry: 'src/loader/bangban.ts', formats: ['es'], fileName: () => 'bangban.js' },
    rolldownOptions: {
      output: {
        chunkFileNames: 'bangban-[name]-[hash:8].js',
        // Library mode leaves white space to the bundler that comes after; here comes a browser.
        minify: true,
      },
    },
  },
});
