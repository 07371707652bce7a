import { type Client, UnexpectedAnswer } from './load.ts';

/** Somebody who is signed in, and the headers of their requests. */
export type SignedIn = { readonly headers: Readonly<Record<string, string>> };

/** Signs somebody in for trying out. */
export const signedIn = async ({ ask }: Client, id: string, role: string): Promise<SignedIn> => {
  const headers = { 'Content-Type': 'application/json' };
  const { status, text } = await ask({ method: 'POST', path: '/sign-in', headers, body: { id, role } });
  if (status !== 200) throw new UnexpectedAnswer(`sign-in of ${id}: ${status} ${text.slice(0, 300)}`);
  const { access_token }: { access_token: string } = JSON.parse(text);
  return { headers: { ...headers, Authorization: `Bearer ${access_token}` } };
};
