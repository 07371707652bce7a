/**
 * Whoever asks waits until all that is due has happened. Where more than `most` wait at once all of them are let go, and nobody
 * waits until that is done: what follows from a change is worked off between the requests, as on AWS.
 */
export const waitingFor = (catchUp: () => Promise<void>, most: number): (() => Promise<void>) => {
  let waiting = 0;
  let crowd = Promise.withResolvers<void>();
  let isCrowded = false;
  return async () => {
    if (isCrowded) return;
    const done = catchUp();
    if (waiting === most) {
      isCrowded = true;
      crowd.resolve();
      crowd = Promise.withResolvers();
      void done.finally(() => {
        isCrowded = false;
      });
      return;
    }
    waiting += 1;
    await Promise.race([done, crowd.promise]).finally(() => {
      waiting -= 1;
    });
  };
};
