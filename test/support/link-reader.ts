import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach } from 'vitest';
import { type ServedClinic, servedClinic } from './served-clinic.ts';

/** The public address of clinics in tests of links. */
export const ADDRESS = 'https://my.cedar.example';
const LINK = new RegExp(`${ADDRESS}/l/([A-Za-z0-9_-]{22})`);

/** A page as somebody sees it who opened a link. */
export type Seen = { readonly status: number; readonly headers: Headers; readonly html: string };

const fieldOf = (html: string, name: string): string | undefined =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];

/** Everything that a clinic's file holds but the delivered messages. */
export const everythingIn = (file: string): string => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'sent'").all();
    return names
      .map(({ name }) => JSON.stringify([name, database.prepare(`SELECT * FROM "${String(name)}"`).all()]))
      .join('\n');
  } finally {
    database.close();
  }
};

/** Opens links and fills in what they show, as people and as machines do. */
export const linkReader = ({ clinic, app, file, settle }: ServedClinic) => {
  const seen = async (response: Response): Promise<Seen> => ({
    status: response.status,
    headers: response.headers,
    html: await response.text(),
  });
  const open = async (id: string, method = 'GET'): Promise<Seen> => seen(await app.request(`/l/${id}`, { method }));
  const post = async (id: string, fields: Record<string, string>, from = '203.0.113.7'): Promise<Seen> =>
    seen(
      await app.request(`/l/${id}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Test-Address': from },
        body: new URLSearchParams(fields).toString(),
      }),
    );
  const filled = ({ html }: Seen, fields: Record<string, string>): Record<string, string> => {
    const hidden = ['step', 'nonce', 'number'].flatMap((name) => {
      const value = fieldOf(html, name);
      return value === undefined ? [] : [[name, value]];
    });
    return { ...Object.fromEntries(hidden), ...fields };
  };
  return {
    open,
    post,
    /** Fills in the form of a page, and what follows from it happens. */
    async fill(id: string, page: Seen, fields: Record<string, string>): Promise<Seen> {
      const shown = await post(id, filled(page, fields));
      await settle();
      return shown;
    },
    /** Sends several forms of a link at the same moment. */
    async together(id: string, forms: readonly (readonly [Seen, Record<string, string>])[]): Promise<Seen[]> {
      const pages = await Promise.all(forms.map(([page, fields]) => post(id, filled(page, fields))));
      await settle();
      return pages;
    },
    /** The links of the messages that left, the newest first. */
    sent: (to: (message: { to: string; text: string; journeyId: string }) => boolean): string[] =>
      clinic.sent(500).flatMap((message) => {
        const id = LINK.exec(message.text)?.[1];
        return id !== undefined && to(message) ? [id] : [];
      }),
    everything: () => everythingIn(file),
  };
};

type Reader = ReturnType<typeof linkReader>;

/** A served clinic whose messages carry links, for each test anew, and somebody who reads them. */
export const servedLinks = (): { readonly served: ServedClinic; readonly reader: Reader } => {
  let [served, reader]: [ServedClinic | undefined, Reader | undefined] = [undefined, undefined];
  const begun = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('no test has begun');
    return value;
  };
  beforeEach(async () => {
    served = await servedClinic({ address: ADDRESS });
    reader = linkReader(served);
  });
  afterEach(() => served?.close());
  return {
    get served() {
      return begun(served);
    },
    get reader() {
      return begun(reader);
    },
  };
};
