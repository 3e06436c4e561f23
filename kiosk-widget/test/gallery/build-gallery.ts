import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';

const widget = resolve(import.meta.dirname, '../..');
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** As strict as a kiosk site may be, and stricter than the server's own: no inline styles either. */
const POLICY = "default-src 'self'; style-src 'self'; media-src 'self' blob: mediastream:; object-src 'none'";

/** The demo page with the staged widget in it, under the addresses that both have in life. */
export type Gallery = AsyncDisposable & { url: string };

/** Builds both and serves them on a free port. */
export async function serveGallery(): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), 'bangban-gallery-'));
  await build({
    logLevel: 'silent',
    configFile: false,
    root: widget,
    base: './',
    plugins: [{ name: 'stage', enforce: 'pre', resolveId: (id) => (id.endsWith('mount-help.ts') ? stage : null) }],
    build: {
      outDir: join(folder, 'widget'),
      modulePreload: false,
      minify: false,
      rolldownOptions: {
        input: { bangban: join(widget, 'src/loader/bangban.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  await build({
    logLevel: 'silent',
    configFile: join(widget, 'vite.demo.config.ts'),
    root: join(widget, 'demo'),
    build: { outDir: join(folder, 'kiosk') },
  });

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.endsWith('/token')) {
      const kiosk = { name: '1 号自助终端', site: '云澜市政务服务中心一楼' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ deviceToken: 'token-of-the-gallery', kiosk }));
      return;
    }
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('content-security-policy', POLICY);
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kiosk/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const stage = join(import.meta.dirname, 'gallery-entry.ts');
