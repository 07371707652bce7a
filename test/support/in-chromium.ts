import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Chromium of this machine: CHROME_PATH, or the first of its usual names on the path; says so in one line where there is none. */
export const chromiumPath = (skipped: string): string | undefined => {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const usual = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const found = [process.env.CHROME_PATH ?? '', ...usual].find((path) => path !== '' && isThere(path));
  if (found === undefined)
    process.stderr.write(`skipped: ${skipped}, since there is no Chromium (CHROME_PATH or on the path)\n`);
  return found;
};

export const launch = (executablePath: string | undefined): Promise<Browser> =>
  chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Whoever reads with a screen reader finds their way, and at 360 px nothing has to be pushed aside; with SCREENSHOTS a picture of each stays there. */
export const looks = async (page: Page, name = new URL(page.url()).pathname): Promise<void> => {
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.addScriptTag({ path: AXE });
  const found: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  );
  expect(found, await page.title()).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth'), await page.title()).toBeLessThanOrEqual(360);
  if (process.env.SCREENSHOTS !== undefined) {
    const file = name.replaceAll(/\W+/g, '-');
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${file}-360.png`), fullPage: true });
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${file}-1200.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1200, height: 900 });
};
