import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type RequestHandler, Router, static as serveFiles } from 'express';
import { languageIn, notBuiltPage } from './plain-pages.ts';
import { securityHeaders } from './security-headers.ts';

/** Names that Vite gives to files whose content they name: `index-B7x2kQ9f.js`. They never change. */
const hashedName = /-[\w-]{8}\.\w+$/;

/** The folders that the two front ends are built into. */
export type PageFolders = { console: string; widget: string; kiosk: string };

/**
 * The built front ends: the console (every path without a file is its index page), the demo kiosk site, and the widget,
 * which any kiosk site may load.
 */
export function staticPages(folders: PageFolders, isSecure: boolean): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const name of ['console', 'kiosk', 'widget'] as const) {
    router.get(`/${name}`, (request, response) => {
      // Only the query is taken over, so that the address cannot lead anywhere else.
      const { search } = new URL(request.originalUrl, 'http://localhost');
      response.redirect(308, `/${name}/${search}`);
    });
    router.use(`/${name}/`, ...securityHeaders(name, isSecure));
  }
  router.use('/widget/', (_request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    next();
  });
  router.use('/console/', files(folders.console), indexPage(folders.console));
  router.use('/kiosk/', files(folders.kiosk));
  router.use('/widget/', files(folders.widget));
  for (const name of ['console', 'kiosk', 'widget'] as const) {
    router.use(`/${name}/`, explainIfNotBuilt(folders[name]));
  }
  return router;
}

function files(folder: string): RequestHandler {
  return serveFiles(folder, {
    index: 'index.html',
    extensions: ['html'],
    dotfiles: 'ignore',
    setHeaders(response, path) {
      // Whatever is not named by its content is asked for anew each time; an ETag keeps that cheap.
      const isImmutable = hashedName.test(basename(path));
      response.setHeader('Cache-Control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** A page of a single-page application: the path means something to its script only. */
function indexPage(folder: string): RequestHandler {
  return (request, response, next) => {
    const isPage = request.method === 'GET' && extname(request.path) === '' && existsSync(join(folder, 'index.html'));
    if (!isPage) return next();
    response.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'));
  };
}

function explainIfNotBuilt(folder: string): RequestHandler {
  return (request, response, next) => {
    if (existsSync(folder) || request.method !== 'GET') return next();
    response
      .status(503)
      .type('html')
      .send(notBuiltPage(languageIn(request.originalUrl)));
  };
}
