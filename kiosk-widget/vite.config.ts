import { defineConfig } from 'vite';

/**
 * The widget, served under `/widget/`: `bangban.js`, and beside it the chunks that it loads on intent. Everything is named
 * relative to the script, so that it works on a page of another origin.
 *
 * Not Vite's library mode, which keeps white space in ES modules for bundlers that come after: here comes a browser.
 */
export default defineConfig({
  base: './',
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The helper that preloads chunks is larger than what it would save here: there is one chunk.
    modulePreload: false,
    rolldownOptions: {
      input: 'src/loader/bangban.ts',
      output: {
        entryFileNames: 'bangban.js',
        chunkFileNames: 'bangban-[name]-[hash:8].js',
      },
    },
  },
});
