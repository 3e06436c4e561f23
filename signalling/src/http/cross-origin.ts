import type { RequestHandler } from 'express';
import type { Origins } from '../access/origins.ts';

/**
 * Lets pages on the allow-list read the answers of the API. No cookies cross origins: a kiosk site brings its device
 * token in a header, and staff work on this server's own pages.
 */
export function crossOrigin(origins: () => Origins): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin !== undefined && origins().isAllowed(origin)) {
      response.set('Access-Control-Allow-Origin', origin);
      if (request.method === 'OPTIONS') {
        response.set('Access-Control-Allow-Methods', 'GET, POST');
        response.set('Access-Control-Allow-Headers', 'authorization, content-type');
        response.set('Access-Control-Max-Age', '600');
      }
    }
    if (request.method === 'OPTIONS') return void response.status(204).end();
    next();
  };
}
