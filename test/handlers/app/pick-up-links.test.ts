import { describe, expect, test } from 'vitest';
import { leaks } from '../../../functions/domain/messages/leaks.ts';
import { LANGUAGES } from '../../../functions/domain/names.ts';
import { WORDS } from '../../../functions/handlers/app/links/pages.ts';
import { type Seen, servedLinks } from '../../support/link-reader.ts';

const CHAPERONE = '+12065550150';
const HOUR = 3_600_000;
/** The evening before the first dose: the chaperone was reminded an hour ago. */
const EVENING_BEFORE = 6.34;

const links = servedLinks();

/** A patient who is dosed tomorrow, and the page that whoever takes them home opened. */
const reminded = async (
  scenario: Record<string, unknown> = {},
): Promise<{ journeyId: string; id: string; page: Seen }> => {
  const journeyId = await links.served.patient({ days: EVENING_BEFORE, scenario });
  const [id = ''] = links.reader.sent(({ to }) => to === CHAPERONE);
  return { journeyId, id, page: await links.reader.open(id) };
};
const goOn = (hours: number) =>
  links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + hours * HOUR });
const dose = async (journeyId: string) =>
  (await links.served.get('coordinator', `/v1/journeys/${journeyId}/appointments`)).body.items.find(
    ({ kind }: { kind: string }) => kind === 'dosing',
  );
const open = async (journeyId: string, kind: string): Promise<unknown[]> =>
  (await links.served.get('medical-director', `/v1/journeys/${journeyId}/tasks`)).body.items.filter(
    (task: { kind: string; state: string }) => task.kind === kind && task.state === 'open',
  );
const holds = async (journeyId: string) =>
  (await links.served.clinic.events(journeyId)).flatMap(({ entry }) =>
    entry.kind === 'hold' ? [[entry.event, entry.reason]] : [],
  );
/** The patient, or somebody of the clinic, says who takes the patient home. */
const changes = (journeyId: string, data: object) =>
  links.served.post(
    'coordinator',
    `/v1/journeys/${journeyId}/commands`,
    { command: 'change-chaperone', data },
    { 'Idempotency-Key': JSON.stringify(data) },
  );

describe('A chaperone who opens the link of their reminder', () => {
  test('sees when and where, and nothing of the patient or of what it is about', async () => {
    const { journeyId, page } = await reminded();
    expect(page.status).toBe(200);
    expect(page.html).toContain('Mon, Mar 9, 11:45 AM');
    expect(page.html).toContain('Main office');
    for (const word of ['Alex', 'Sam', journeyId, 'patient-', 'dos', 'medic', 'therap', '9:00'])
      expect(page.html).not.toContain(word);
    expect(leaks(page.html.replace(/<style>[\s\S]*<\/style>/, ''), 'chaperone')).toEqual([]);
  });

  test('says that they come, once, and it is noted as if they had written C', async () => {
    const { journeyId, id, page } = await reminded();
    const told = await links.reader.fill(id, page, { answer: 'come' });
    expect(told.html).toContain('You answered: I will come');
    expect(await dose(journeyId)).toMatchObject({ confirmedBy: { chaperone: 1 } });
    expect((await links.reader.fill(id, page, { answer: 'cannot' })).html).toContain('You answered: I will come');
    expect(await holds(journeyId)).toEqual([]);
  });

  test('says that they cannot: the dose is held, the patient is told, and a person helps to find somebody', async () => {
    const { journeyId, id, page } = await reminded();
    const told = await links.reader.fill(id, page, { answer: 'cannot' });
    expect(told.html).toMatch(/You answered: I cannot come[\s\S]*We look for somebody else/);
    expect(await holds(journeyId)).toEqual([['placed', 'chaperone']]);
    expect(await open(journeyId, 'call-patient')).toHaveLength(1);
    const [command] = (await links.served.get('medical-director', `/v1/journeys/${journeyId}/commands`)).body.items;
    expect(command).toMatchObject({ command: 'change-chaperone', by: { role: 'chaperone' }, accepted: true });
    await goOn(0.5);
    const texts = links.served.clinic.sent(500).filter(({ text }) => text.includes('nobody noted for your ride home'));
    expect(texts).toHaveLength(1);
    const later = await links.reader.open(id);
    expect([later.status, later.html.includes('no longer needed')]).toEqual([410, true]);
  });

  test('may say later that they cannot after all, with a form of its own', async () => {
    const { journeyId, id, page } = await reminded();
    await links.reader.fill(id, page, { answer: 'come' });
    await links.reader.fill(id, await links.reader.open(id), { answer: 'cannot' });
    expect(await holds(journeyId)).toEqual([['placed', 'chaperone']]);
  });

  test('who sends two answers at the same moment gives one after the other, and nobody waits for who does not come', async () => {
    const { journeyId, id } = await reminded();
    const [one, two] = [await links.reader.open(id), await links.reader.open(id)];
    await links.reader.together(id, [
      [one, { answer: 'cannot' }],
      [two, { answer: 'cannot' }],
    ]);
    expect(await holds(journeyId)).toEqual([['placed', 'chaperone']]);
  });

  test.each([
    ['cancels nothing', { step: 'visit', answer: 'cancel' }],
    ['confirms nothing in the patient’s name', { step: 'visit', answer: 'come' }],
    ['answers no task', { step: 'answer', number: '1', answer: 'booked' }],
    ['proves nothing', { step: 'prove', bornOn: '1988-05-04' }],
  ])('%s of the patient’s with it, whatever form they send', async (_what, fields) => {
    const { journeyId, id, page } = await reminded();
    const before = await dose(journeyId);
    const shown = await links.reader.fill(id, page, fields);
    expect(shown.html).toContain('<h1>Pick-up</h1>');
    expect(shown.html).not.toMatch(/Your visit|I would rather/);
    expect(await dose(journeyId)).toEqual(before);
  });

  test('is told that it is no longer needed where somebody else takes the patient home by now, or the time is another', async () => {
    const { journeyId, id } = await reminded();
    await changes(journeyId, { chaperone: 'named', name: 'Kim', mobile: '+12065550177' });
    expect((await links.reader.open(id)).html).toContain('no longer needed');
    const [other = ''] = links.reader.sent(({ to }) => to === '+12065550177');
    expect((await links.reader.open(other)).html).toContain('Mon, Mar 9, 11:45 AM');
    const { id: appointmentId } = await dose(journeyId);
    await links.served.post(
      'coordinator',
      `/v1/journeys/${journeyId}/appointments/${appointmentId}/cancel`,
      {},
      { 'Idempotency-Key': 'gone' },
    );
    expect((await links.reader.open(other)).html).toContain('no longer needed');
  });

  test('is asked to call once the visit has begun: somebody has to know at once', async () => {
    const { journeyId, id, page } = await reminded();
    await goOn(16);
    const late = await links.reader.open(id);
    expect([late.status, late.html.includes('Please call us')]).toEqual([410, true]);
    await links.reader.fill(id, page, { answer: 'cannot' });
    expect(await holds(journeyId)).toEqual([]);
  });

  test('reads it in the patient’s language', async () => {
    const { id, page } = await reminded({ patient: { language: 'es' } });
    expect(page.html).toMatch(/<html lang="es">[\s\S]*<h1>Recogida<\/h1>/);
    expect((await links.reader.fill(id, page, { answer: 'cannot' })).html).toContain('Usted respondió: No puedo ir');
  });
});

test.each(LANGUAGES)('what a chaperone reads in %s says nothing of a treatment or a visit', (language) => {
  const { pickUp, standing, choose, send, thanks, yourAnswer, call, refused, tooMany } = WORDS[language];
  const words = JSON.stringify([pickUp, standing, choose, send, thanks, yourAnswer, call, refused, tooMany]);
  expect(leaks(words, 'chaperone')).toEqual([]);
});
