import { once } from 'node:events';
import { createServer } from 'node:http';
import type { PersonalBrowser } from '@bangban/e2e/harness';

type Page = Awaited<ReturnType<PersonalBrowser['openWindow']>>;

/** A site of empty pages on this machine: pages must come from a loopback address to talk to one. */
export type BlankSite = AsyncDisposable & {
  origin: string;
  /** A window with nothing in it but the given scripts. */
  open(browser: PersonalBrowser, scripts: readonly string[]): Promise<Page>;
};

export async function serveBlankSite(): Promise<BlankSite> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>bench</title><body></body>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    async open(browser, scripts) {
      const page = await browser.openWindow({ viewport: { width: 1_280, height: 720 }, scripts });
      await page.goto(origin);
      return page;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
