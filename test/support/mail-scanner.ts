/** What a mail scanner does with a link: it opens it as often and in as many ways as it likes, and runs what it finds. */
type Form = { readonly method: string; readonly action: string; readonly fields: URLSearchParams };

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`${name}="([^"]*)"`, 'i').exec(tag)?.[1];

const formsOf = (html: string): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, tag = '', inner = '']) => ({
    method: (attribute(tag, 'method') ?? 'get').toLowerCase(),
    action: attribute(tag, 'action') ?? '',
    fields: new URLSearchParams(
      [...inner.matchAll(/<input\b[^>]*>/gi)].flatMap(([input]): [string, string][] => {
        const [name, type] = [attribute(input, 'name'), attribute(input, 'type')];
        const isChosen = (type !== 'radio' && type !== 'checkbox') || /\schecked\b/.test(input);
        return name !== undefined && isChosen ? [[name, attribute(input, 'value') ?? '']] : [];
      }),
    ),
  }));

/** Whether a page does something by itself once it is loaded. */
const runs = (html: string): boolean => /<script|\son\w+=|http-equiv="?refresh/i.test(html);

const submit = (page: string, { method, action, fields }: Form): Promise<unknown> => {
  const url = new URL(action, page);
  if (method === 'post') return fetch(url, { method: 'POST', body: fields, redirect: 'manual' });
  return fetch(`${url}?${fields}`, { redirect: 'manual' });
};

/** Opens a link with GET and HEAD, twice; follows what is linked, runs scripts, and submits what submits itself. With `presses` every form as it stands. */
export const scan = async (url: string, { presses = false } = {}): Promise<number> => {
  let submitted = 0;
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
    const answer = await fetch(url, { method, redirect: 'manual' });
    const html = await answer.text();
    for (const [, href = ''] of html.matchAll(/<a\b[^>]*href="(https?:[^"]*|\/[^"]*)"/gi))
      await fetch(new URL(href, url), { redirect: 'manual' });
    for (const form of formsOf(html))
      if (presses || form.method !== 'post' || runs(html)) {
        await submit(url, form);
        submitted += 1;
      }
  }
  return submitted;
};
