import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` serves; only the development server uses it. */
const server = 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    // antd is one chunk on purpose: it changes with its own releases only, so browsers keep it across ours.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'antd', priority: 1, test: /node_modules[\\/](antd|@ant-design|@rc-component|dayjs)[\\/]/ },
            {
              name: 'react',
              priority: 2,
              test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next)[\\/]/,
            },
            {
              name: 'media',
              priority: 1,
              test: /node_modules[\\/](mediasoup-client|socket\.io-client|engine\.io-client)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/socket.io': { target: server, ws: true } } },
});
