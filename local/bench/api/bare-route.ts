import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** What any route on this machine has to pay: the yardstick. Served until the process is ended. */
const app = new Hono().get('/v1/bare', (context) => context.json({ items: [], next: null }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) =>
  process.stdout.write(`The route is at http://127.0.0.1:${port}\n`),
);
