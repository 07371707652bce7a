/** How a change is made that nobody keeps: it happens, and what it asks of others happens in its midst. */
export const atOnce = {
  change: <T>(make: () => T): T => make(),
  afterwards: (ask: () => void): void => ask(),
};

/** How a change is made that is kept: when the outermost is done it is saved, and only then others are asked for anything. */
export const savedChanges = (save: () => void): typeof atOnce => {
  let depth = 0;
  let asked: (() => void)[] = [];
  return {
    change(make) {
      depth += 1;
      let made: ReturnType<typeof make>;
      try {
        made = make();
      } finally {
        depth -= 1;
      }
      if (depth > 0) return made;
      save();
      const now = asked;
      asked = [];
      for (const ask of now) ask();
      return made;
    },
    afterwards: (ask) => void asked.push(ask),
  };
};
