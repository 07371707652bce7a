import { describe, expect, test } from 'vitest';
import { ADDRESS, type Seen, servedLinks } from '../../support/link-reader.ts';

/** As the clinic knows its patients of tests. */
const BORN = { bornOn: '1988-05-04' };
const WRONG = { bornOn: '1988-05-05' };
const HOUR = 3_600_000;
const SILENT = { people: [{ task: 'acknowledge-cost', never: true }] };
const SILENT_ON_ALL = {
  people: [
    { task: 'plan-sign-off', role: 'patient', never: true },
    { task: 'sign-consents', never: true },
    ...SILENT.people,
  ],
};
const DAYS = 3;

const links = servedLinks();

let number = 0;
/** A patient who is asked to read the cost sheet: the journey, and the link in the newest request. */
const asked = async (scenario: Record<string, unknown> = SILENT): Promise<{ journeyId: string; id: string }> => {
  number += 1;
  const journeyId = await links.served.patient({ id: `patient-${number}`, days: DAYS, scenario });
  const [id = ''] = links.reader.sent((message) => message.journeyId === journeyId && message.to === '+12065550123');
  return { journeyId, id };
};
const proved = async (id: string): Promise<Seen> => links.reader.fill(id, await links.reader.open(id), BORN);
const decisions = async (journeyId: string) =>
  (await links.served.clinic.events(journeyId)).flatMap(({ cause, entry }) =>
    entry.kind === 'task' && entry.task === 'acknowledge-cost' && entry.event === 'decided'
      ? [[cause, entry.answer, entry.by]]
      : [],
  );
const openTasks = async (journeyId: string, kind: string) =>
  (await links.served.get('medical-director', `/v1/journeys/${journeyId}/tasks`)).body.items.filter(
    (task: { kind: string; state: string }) => task.kind === kind && task.state === 'open',
  );

describe('a link in a message to a patient', () => {
  test('shows nothing of the patient or of what it is about before they have said who they are', async () => {
    const { journeyId, id } = await asked();
    const { status, html } = await links.reader.open(id);
    expect(status).toBe(200);
    expect(html).toContain('Your date of birth');
    for (const word of ['Alex', 'cost', 'medicine', journeyId, 'patient-']) expect(html).not.toContain(word);
  });

  test('is kept by nobody on the way: not by caches, search engines or the next page, and no script runs', async () => {
    const { id } = await asked();
    for (const page of [await links.reader.open(id), await links.reader.fill(id, await links.reader.open(id), WRONG)]) {
      const header = (name: string) => page.headers.get(name) ?? '';
      expect(header('Cache-Control')).toBe('no-store');
      expect(header('Referrer-Policy')).toBe('no-referrer');
      expect(header('X-Robots-Tag')).toContain('noindex');
      expect(header('Content-Security-Policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
      );
      expect(page.html).not.toMatch(/<script|onload|http-equiv|https?:/);
    }
  });

  test('opens its form to who gives the date of birth, and is answered by a choice and a button', async () => {
    const { journeyId, id } = await asked();
    const form = await proved(id);
    expect(form.html).toContain('Visits with medicine: you pay for it yourself');
    const told = await links.reader.fill(id, form, { answer: 'acknowledged' });
    expect(told.html).toContain('You answered: I have read this and know it');
    expect(await decisions(journeyId)).toEqual([['answer-by-link', 'acknowledged', 'patient']]);
    expect((await links.reader.open(id)).html).toContain('This was answered');
  });

  test('is answered once: the same form again is told what it answered, whatever it says now', async () => {
    const { journeyId, id } = await asked();
    const form = await proved(id);
    await links.reader.fill(id, form, { answer: 'acknowledged' });
    const again = await links.reader.fill(id, form, { answer: 'refused' });
    expect(again.html).toContain('You answered: I have read this and know it');
    expect(await decisions(journeyId)).toHaveLength(1);
  });

  test('is answered once by two forms that are sent at the same moment', async () => {
    const { journeyId, id } = await asked();
    const [one, two] = [await proved(id), await proved(id)];
    const pages = await links.reader.together(id, [
      [one, { answer: 'acknowledged' }],
      [two, { answer: 'refused' }],
    ]);
    expect(await decisions(journeyId)).toHaveLength(1);
    expect(pages.filter(({ html }) => html.includes('You answered:'))).toHaveLength(1);
    expect(pages.filter(({ html }) => html.includes('This was answered'))).not.toHaveLength(0);
  });

  test('takes no answer without the date of birth, nor half an hour after it', async () => {
    const { journeyId, id } = await asked();
    const form = await links.reader.open(id);
    const answer = { step: 'answer', number: '1', answer: 'acknowledged' };
    const early = await links.reader.fill(id, form, answer);
    expect(early.html).toContain('Your date of birth');
    const opened = await proved(id);
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + HOUR });
    const late = await links.reader.fill(id, opened, { answer: 'acknowledged' });
    expect(late.html).toContain('for half an hour only');
    expect(await decisions(journeyId)).toEqual([]);
  });

  test('takes no form that was given out for another link, or by nobody', async () => {
    const { journeyId, id } = await asked();
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 50 * HOUR });
    const form = await proved(id);
    const [reminded = ''] = links.reader.sent(({ to }) => to === '+12065550123');
    expect(reminded).not.toBe(id);
    const moved = await links.reader.fill(reminded, form, { answer: 'acknowledged' });
    expect([moved.status, moved.html.includes('Your date of birth')]).toEqual([403, true]);
    const forged = await links.reader.post(reminded, { step: 'prove', nonce: 'A'.repeat(44), ...BORN });
    expect(forged.html).toContain('Your date of birth');
    expect(await decisions(journeyId)).toEqual([]);
  });

  test('closes after three wrong dates of birth, and a person calls', async () => {
    const { journeyId, id } = await asked();
    const page = await links.reader.open(id);
    for (const status of [403, 403]) expect((await links.reader.fill(id, page, WRONG)).status).toBe(status);
    const before = await openTasks(journeyId, 'call-patient');
    const third = await links.reader.fill(id, page, WRONG);
    expect(third.html).toContain('closed for your safety');
    const closed = await links.reader.fill(id, page, BORN);
    expect(closed.html).toContain('closed for your safety');
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 24 * HOUR });
    expect((await openTasks(journeyId, 'call-patient')).length).toBeGreaterThan(before.length);
    expect(await decisions(journeyId)).toEqual([]);
  });

  test('counts wrong dates that are sent at the same moment one by one', async () => {
    const { id } = await asked();
    const page = await links.reader.open(id);
    await links.reader.together(id, [
      [page, WRONG],
      [page, WRONG],
      [page, WRONG],
    ]);
    expect((await links.reader.fill(id, page, BORN)).html).toContain('closed for your safety');
  });

  test('forgives two wrong dates once the right one came', async () => {
    const { id } = await asked();
    const page = await links.reader.open(id);
    for (const date of [WRONG, WRONG, BORN, WRONG, WRONG, BORN]) await links.reader.fill(id, page, date);
    expect((await links.reader.open(id)).html).toContain('Your date of birth');
  });

  test('leads to every form that its message asked for, one after the other', async () => {
    const { journeyId, id } = await asked(SILENT_ON_ALL);
    const plan = await proved(id);
    expect(plan.html).toContain('<h1>Your plan</h1>');
    const consents = await links.reader.fill(id, plan, { answer: 'signed' });
    expect(consents.html).toMatch(
      /You answered: I sign the plan[\s\S]*There is one more thing[\s\S]*<li>the treatment<\/li>/,
    );
    const cost = await links.reader.fill(id, consents, { answer: 'signed' });
    const last = await links.reader.fill(id, cost, { answer: 'acknowledged' });
    expect(last.html).toContain('There is nothing more for you to do here');
    const { items } = (await links.served.get('medical-director', `/v1/journeys/${journeyId}/tasks`)).body;
    const asking = items.filter(({ number }: { number: number }) => number >= 8 && number <= 11);
    expect(asking.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual(
      expect.arrayContaining(['plan-sign-off', 'sign-consents', 'acknowledge-cost'].map((kind) => [kind, 'decided'])),
    );
  });

  test('says that it is no longer needed when the journey has ended', async () => {
    const { journeyId, id } = await asked(SILENT_ON_ALL);
    await links.served.post(
      'coordinator',
      `/v1/journeys/${journeyId}/commands`,
      { command: 'withdraw' },
      { 'Idempotency-Key': 'w' },
    );
    const page = await links.reader.open(id);
    expect([page.status, page.html.includes('no longer needed')]).toEqual([410, true]);
  });

  test('runs out with its task', async () => {
    const { id } = await asked(SILENT_ON_ALL);
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 120 * HOUR });
    const page = await links.reader.open(id);
    expect([page.status, page.html.includes('The time for this has passed')]).toEqual([410, true]);
  });

  test('opens nothing after 90 days, nor when nobody knows it', async () => {
    const { id } = await asked();
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 91 * 24 * HOUR });
    expect((await links.reader.open(id)).status).toBe(410);
    for (const other of ['A'.repeat(22), `${id}A`, 'x', '%00'])
      expect((await links.reader.open(other)).status).toBe(404);
    expect((await links.reader.open('A'.repeat(22))).html).toContain('Este enlace no funciona');
  }, 20_000);

  test('asks to call where nobody knows the patient’s date of birth', async () => {
    const { journeyId, id } = await asked();
    const key = { pk: `journey#${journeyId}`, sk: 'contact' };
    const row = await links.served.clinic.ports.table.get(key);
    const body = { ...row?.body, bornOn: null };
    await links.served.clinic.ports.table.write([{ do: 'put', row: { ...key, body }, when: 'free' }]);
    expect((await links.reader.open(id)).html).toContain('no date of birth');
  });

  test('speaks Spanish to who reads Spanish', async () => {
    const { journeyId, id } = await asked({ ...SILENT, patient: { language: 'es' } });
    const page = await links.reader.open(id);
    expect(page.html).toMatch(/<html lang="es">[\s\S]*Su fecha de nacimiento/);
    const form = await links.reader.fill(id, page, BORN);
    expect(form.html).toContain('Citas con medicamento: lo paga usted');
    expect((await links.reader.fill(id, form, { answer: 'acknowledged' })).html).toContain(
      'Usted respondió: Lo he leído',
    );
    expect(await decisions(journeyId)).toHaveLength(1);
  });

  test('stands in the delivered message alone: not in the table, the timeline, the executions or a log', async () => {
    const { journeyId, id } = await asked();
    const logged: string[] = [];
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text) => logged.push(String(text)) > 0;
    try {
      await links.reader.fill(id, await proved(id), { answer: 'acknowledged' });
      await links.reader.open(`${id}x`);
    } finally {
      process.stdout.write = write;
    }
    const texts = (await links.served.clinic.events(journeyId)).map((event) => JSON.stringify(event));
    expect(texts.filter((text) => text.includes(`${ADDRESS}/l/...`))).not.toHaveLength(0);
    const kept = links.reader.everything();
    for (const place of [...texts, kept, ...logged]) expect(place.includes(id)).toBe(false);
    expect(kept.length).toBeGreaterThan(10_000);
  });
});

describe('a link in a message to somebody of the clinic or of a practice', () => {
  const silentOn = (task: string, more: object = {}) => ({ people: [{ task, never: true }], ...more });
  const linkTo = (to: string): string => links.reader.sent((message) => message.to === to)[0] ?? '';
  const decided = async (journeyId: string, kind: string) =>
    (await links.served.clinic.events(journeyId)).flatMap(({ entry }) =>
      entry.kind === 'task' && entry.task === kind && entry.event === 'decided' ? [[entry.answer, entry.by]] : [],
    );

  test('lets a practice accept a patient with one choice, in its own name', async () => {
    const journeyId = await links.served.patient({ days: 2, scenario: silentOn('partner-offer') });
    const id = linkTo('intake@partner-1.example');
    const page = await links.reader.open(id);
    expect(page.html).toContain('A new patient for your practice');
    for (const word of ['Alex', 'therap', 'depress']) expect(page.html).not.toContain(word);
    expect((await links.reader.fill(id, page, { answer: 'accepted' })).html).toContain('You answered: We accept');
    expect(await decided(journeyId, 'partner-offer')).toEqual([['accepted', 'partner-1']]);
    expect((await links.reader.fill(id, page, { answer: 'declined' })).html).toContain('You answered: We accept');
  });

  test('tells who comes too late that it was answered, by another form or another person', async () => {
    const journeyId = await links.served.patient({ days: 2, scenario: silentOn('partner-offer') });
    const id = linkTo('intake@partner-1.example');
    const [one, two] = [await links.reader.open(id), await links.reader.open(id)];
    await links.reader.together(id, [
      [one, { answer: 'accepted' }],
      [two, { answer: 'declined' }],
    ]);
    expect((await links.reader.open(id)).html).toContain('This was answered');
    expect(await decided(journeyId, 'partner-offer')).toHaveLength(1);
  });

  test('takes a page over in the name of whoever was paged', async () => {
    const journeyId = await links.served.patient({ days: 2, scenario: silentOn('acknowledge-safety') });
    await links.served.post(
      'coordinator',
      `/v1/journeys/${journeyId}/commands`,
      { command: 'report-crisis' },
      { 'Idempotency-Key': 'crisis' },
    );
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 60_000 });
    const page = links.served.clinic.sent(50).find(({ channel, text }) => channel === 'sms' && text.includes('URGENT'));
    const id = links.reader.sent(({ text }) => text === page?.text)[0] ?? '';
    await links.reader.fill(id, await links.reader.open(id), { answer: 'acknowledged' });
    const [[answer, by] = []] = await decided(journeyId, 'acknowledge-safety');
    expect([answer, by]).toEqual(['acknowledged', expect.stringMatching(/^provider-[12]$/)]);
  });

  test('of a message that was sent again, since its sender had died over it, opens the same as that of the first sending', async () => {
    const journeyId = await links.served.patient({ days: 2, scenario: silentOn('partner-offer') });
    const first = linkTo('intake@partner-1.example');
    const name = { journeyId, messageId: 'partner-offer-partner-1-1-1-1' };
    const key = { pk: `journey#${journeyId}`, sk: `message#${name.messageId}` };
    const row = await links.served.clinic.ports.table.get(key);
    const body = { ...row?.body, state: 'sending', claimedAt: '2026-03-01T00:00:00.000Z' };
    await links.served.clinic.ports.table.write([{ do: 'put', row: { ...key, body }, when: 'free' }]);
    const again = await links.served.clinic.journeys.claimMessage(name);
    const second = again.claim === 'taken' ? again.text.split('/l/')[1]?.slice(0, 22) : undefined;
    expect(second).not.toBe(first);
    const page = await links.reader.open(second ?? '');
    expect(page.html).toContain('A new patient for your practice');
    await links.reader.fill(first, await links.reader.open(first), { answer: 'accepted' });
    expect((await links.reader.open(second ?? '')).html).toContain('This was answered');
    expect(await decided(journeyId, 'partner-offer')).toHaveLength(1);
  });

  test('does not take an answer that the task has not', async () => {
    const journeyId = await links.served.patient({ days: 2, scenario: silentOn('partner-offer') });
    const id = linkTo('intake@partner-1.example');
    const page = await links.reader.fill(id, await links.reader.open(id), { answer: 'cleared' });
    expect([page.status, page.html.includes('could not be taken')]).toEqual([400, true]);
    expect(await decided(journeyId, 'partner-offer')).toEqual([]);
  });
});

describe('a questionnaire that is answered by a link', () => {
  const QUIET = { people: [{ task: 'answer-measure', never: true }] };
  const opened = async (): Promise<{ journeyId: string; id: string; form: Seen }> => {
    const journeyId = await links.served.patient({ days: 3.5, scenario: QUIET });
    const [id = ''] = links.reader.sent(({ to, text }) => to === '+12065550123' && text.includes('how are you'));
    return { journeyId, id, form: await proved(id) };
  };
  const answers = (value: string, item9: string) => {
    const items = ['interest', 'down', 'sleep', 'tired', 'appetite', 'self-worth', 'concentration', 'psychomotor'];
    return { ...Object.fromEntries(items.map((id) => [`data.answers.${id}`, value])), 'data.answers.item-9': item9 };
  };

  test('is scored as any other', async () => {
    const { journeyId, id, form } = await opened();
    expect(form.html).toContain('Little interest or pleasure in doing things');
    await links.reader.fill(id, form, { ...answers('1', '0'), answer: 'answered' });
    const measures = (await links.served.get('provider', `/v1/journeys/${journeyId}/measures`)).body.items;
    expect(measures).toMatchObject([{ measure: 'phq9', total: 8 }]);
  });

  test('shows whom to call at once where a question about suicide was not a no, and the screener opens', async () => {
    const { journeyId, id, form } = await opened();
    const told = await links.reader.fill(id, form, { ...answers('1', '1'), answer: 'answered' });
    expect(told.html).toMatch(/role="alert"[^>]*>[^<]*988/);
    expect(await openTasks(journeyId, 'rescreen')).toHaveLength(1);
  });

  test('is not taken with nothing answered', async () => {
    const { id, form } = await opened();
    const told = await links.reader.fill(id, form, { answer: 'answered' });
    expect([told.status, told.html.includes('could not be taken')]).toEqual([400, true]);
    expect(told.html).toContain('Little interest or pleasure in doing things');
  });
});

describe('a patient who reads Spanish', () => {
  test('answers in it what its holders have worded, is told of the rest by telephone, and is heard as any other', async () => {
    const scenario = {
      program: 'three-phase',
      patient: { language: 'es' },
      people: [{ task: 'answer-measure', never: true }],
    };
    const journeyId = await links.served.patient({ days: 3, scenario });
    expect(await openTasks(journeyId, 'answer-measure')).toHaveLength(4);
    const [id = ''] = links.reader.sent(({ text }) => text.includes('formulario breve'));
    const first = await proved(id);
    expect(first.html).toMatch(
      /¿qué tan seguido ha tenido molestias[\s\S]*Poco interés o placer[\s\S]*Casi todos los días/,
    );
    expect(first.html).toContain('No se requiere permiso para reproducir');
    expect(first.html).not.toMatch(/Little interest|Several days|not answered|Questions/);
    const empty = await links.reader.fill(id, first, { answer: 'answered' });
    expect([empty.status, empty.html.includes('No pudimos aceptar su respuesta')]).toEqual([400, true]);

    const phq9 = [
      'interest',
      'down',
      'sleep',
      'tired',
      'appetite',
      'self-worth',
      'concentration',
      'psychomotor',
      'item-9',
    ];
    const ones = Object.fromEntries(phq9.map((item) => [`data.answers.${item}`, '1']));
    const second = await links.reader.fill(id, empty, { ...ones, answer: 'answered' });
    expect(second.html).toMatch(/role="alert"[^>]*>[^<]*988/);
    expect(await openTasks(journeyId, 'rescreen')).toHaveLength(1);
    expect(second.html).toContain('Se ha molestado o irritado fácilmente');
    expect(second.html).toContain('no las tenemos aquí en español');

    const last = await links.reader.fill(id, second, { answer: 'refused' });
    expect(last.html).toMatch(
      /Usted respondió: No quiero responder a esto[\s\S]*no las tenemos aquí en español[\s\S]*206-555-0100/,
    );
    expect(last.html).not.toContain('no le queda nada por hacer');
    // What has no form stays open: in the end somebody is asked to call.
    expect(await openTasks(journeyId, 'answer-measure')).toHaveLength(2);
  });
});

describe('who comes too often', () => {
  test('by one link is asked to wait, in the language of the link, and is told for how long', async () => {
    const { id } = await asked();
    const page = await links.reader.open(id);
    for (let n = 0; n < 30; n += 1) await links.reader.post(id, { step: 'prove', nonce: `${n}` }, `198.51.100.${n}`);
    const late = await links.reader.fill(id, page, BORN);
    expect([late.status, Number(late.headers.get('Retry-After')) > 0]).toEqual([429, true]);
    expect(late.html).toContain('Please wait a while');
  });

  test('with many links is asked to wait, and others are not', async () => {
    const { id } = await asked();
    for (let n = 0; n < 60; n += 1) await links.reader.post('A'.repeat(21) + 'AQgw'[n % 4], { n: String(n) });
    expect((await links.reader.post(id, {})).status).toBe(429);
    expect((await links.reader.post(id, {}, '198.51.100.1')).status).toBe(403);
  });

  const REQUEST = {
    program: { id: 'northwest-iv' },
    zone: 'America/Los_Angeles',
    language: 'en',
    consents: { sms: true, email: true },
    firstName: 'Robin',
    bornOn: '1990-01-31',
    mobile: '+12065550123',
    email: null,
    fit: { reasons: [], goals: [], openToReflection: true, willAttendIntegration: true },
  };
  const request = (key: string, body: object = REQUEST, from = '203.0.113.9') =>
    links.served.ask(null, 'POST', '/v1/public/consult-requests', {
      body,
      headers: { 'Idempotency-Key': key, 'X-Test-Address': from },
    });

  test('asking for a first conversation without an account is told so as a problem', async () => {
    const first = await request('1');
    expect([first.status, first.body]).toEqual([200, { journeyId: expect.stringMatching(/^j/) }]);
    expect((await request('1')).body).toEqual(first.body);
    const other = await request('1', { ...REQUEST, firstName: 'Kim' });
    expect(other.body.journeyId).not.toBe(first.body.journeyId);
    for (const key of ['2', '3', '4']) await request(key);
    const late = await request('5');
    expect([late.status, late.headers.get('Content-Type')]).toEqual([429, 'application/problem+json']);
    expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(late.body).toMatchObject({ type: 'urn:throughline:problem:too-many', status: 429 });
    expect((await request('6', REQUEST, '198.51.100.2')).status).toBe(200);
  });

  test('is not known by their address to who reads the table', async () => {
    await request('1');
    expect(links.reader.everything()).toContain('limit#consult-request#');
    expect(links.reader.everything()).not.toContain('203.0.113.9');
  });
});

describe('a link to an appointment', () => {
  const booked = async (): Promise<{ journeyId: string; id: string; form: Seen }> => {
    const journeyId = await links.served.patient({ days: 0.5 });
    const [id = ''] = links.reader.sent(
      ({ to, text }) => to === 'patient@example.org' && text.includes('is booked for'),
    );
    return { journeyId, id, form: await proved(id) };
  };
  const appointment = async (journeyId: string) =>
    (await links.served.get('coordinator', `/v1/journeys/${journeyId}/appointments`)).body.items[0];
  const otherTimes = ({ html }: Seen): string[] =>
    [...html.matchAll(/value="(20[^"]+Z)"/g)].flatMap(([, time]) => time ?? []);

  test('names neither time nor place before the patient has said who they are', async () => {
    const { id, form } = await booked();
    const page = await links.reader.open(id);
    expect(page.html).not.toMatch(/Mar 3|Main office|visit/);
    expect(form.html).toContain('Tue, Mar 3, 11:00 AM');
  });

  test('confirms that the patient comes', async () => {
    const { journeyId, id, form } = await booked();
    expect((await links.reader.fill(id, form, { answer: 'come' })).html).toContain('You answered: I will be there');
    expect(await appointment(journeyId)).toMatchObject({ revision: 1, confirmedBy: { patient: 1 } });
  });

  test('moves it to a time that is free, once; the link of the old time is then no longer needed', async () => {
    const { journeyId, id, form } = await booked();
    const [, later = ''] = otherTimes(form);
    expect((await links.reader.fill(id, form, { answer: later })).html).toContain('I would rather come:');
    expect(await appointment(journeyId)).toMatchObject({ revision: 2, startsAt: later });
    expect((await links.reader.fill(id, form, { answer: 'cancel' })).html).toContain('I would rather come:');
    expect(await appointment(journeyId)).toMatchObject({ revision: 2, state: 'confirmed' });
    expect((await links.reader.open(id)).html).toContain('no longer needed');
  });

  test('is changed once by two forms that are sent at the same moment', async () => {
    const { journeyId, id } = await booked();
    const [one, two] = [await proved(id), await proved(id)];
    const [, later = ''] = otherTimes(one);
    await links.reader.together(id, [
      [one, { answer: later }],
      [two, { answer: 'cancel' }],
    ]);
    const commands = (await links.served.get('medical-director', `/v1/journeys/${journeyId}/commands`)).body.items;
    expect(commands.filter(({ accepted }: { accepted: boolean }) => accepted)).toHaveLength(1);
  });

  test('does not move it to a time that is not free, and shows those that are', async () => {
    const { journeyId, id, form } = await booked();
    const page = await links.reader.fill(id, form, { answer: '2026-03-04T11:00:00Z' });
    expect([page.status, otherTimes(page).length > 0]).toEqual([400, true]);
    expect(await appointment(journeyId)).toMatchObject({ revision: 1 });
  });

  test('cancels it, or has somebody call', async () => {
    const { journeyId, id, form } = await booked();
    await links.reader.fill(id, form, { answer: 'call' });
    expect(await appointment(journeyId)).toMatchObject({ state: 'confirmed' });
    await links.reader.fill(id, await proved(id), { answer: 'cancel' });
    expect(await appointment(journeyId)).toMatchObject({ state: 'cancelled' });
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 24 * HOUR });
    const { items } = (await links.served.get('coordinator', `/v1/journeys/${journeyId}/tasks`)).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('call-patient');
  });

  test('takes nothing without the date of birth', async () => {
    const { journeyId, id } = await booked();
    const page = await links.reader.fill(id, await links.reader.open(id), { step: 'visit', answer: 'cancel' });
    expect(page.html).toContain('Your date of birth');
    expect(await appointment(journeyId)).toMatchObject({ state: 'confirmed' });
  });
});
