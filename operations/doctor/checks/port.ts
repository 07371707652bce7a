import { createServer } from 'node:net';
import { type Check, type Finding, ok, toDo } from '../finding.ts';

/** Nobody else listens where the clinic on this machine is to be reached; port 0 takes any that is free. */
export const port = (number: number): Check => ({
  name: 'port',
  look: () =>
    new Promise<readonly Finding[]>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) =>
        resolve([toDo(`127.0.0.1:${number} cannot be listened on (${error.code}); stop who does, or choose another`)]),
      );
      server.listen(number, '127.0.0.1', () => {
        server.close(() => resolve([ok(number === 0 ? 'one is free' : `${number} is free`)]));
      });
    }),
});
