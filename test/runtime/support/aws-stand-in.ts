import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll } from 'vitest';

type Asked = {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
type Said = { readonly status: number; readonly body: string };

/** A server that stands in for a service of AWS: it keeps what it is asked, and answers what it is told to say. */
export const awsStandIn = () => {
  const asked: Asked[] = [];
  /** What it says next, the last of it for ever; undefined: nothing, and the connection breaks. */
  let says: readonly (Said | undefined)[] = [];
  let endpoint = '';
  const server = createServer(async (request, response) => {
    asked.push({ method: request.method, path: request.url, headers: request.headers, body: await text(request) });
    const said = says[Math.min(asked.length, says.length) - 1];
    if (said === undefined) request.socket.destroy();
    else response.writeHead(said.status, { 'x-amzn-requestid': 'request-1' }).end(said.body);
  });
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    endpoint = `http://127.0.0.1:${Object(server.address()).port}`;
  });
  afterEach(() => {
    asked.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    asked,
    endpoint: () => endpoint,
    says: (...next: readonly (readonly [status: number, body: unknown] | undefined)[]) => {
      asked.length = 0;
      says = next.map((each) => each && { status: each[0], body: JSON.stringify(each[1]) });
    },
  };
};
