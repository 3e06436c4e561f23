import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console with a played server, for component tests; nothing of it is in what ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  logLevel: 'warn',
  build: { target: 'es2024', minify: false, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
});
