import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../functions/domain/names.ts';
import { FactSheet, HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import { PatientFacts } from '../../../functions/domain/screening/patient-facts.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { type Seen, servedLinks } from '../../support/link-reader.ts';
import type { Who } from '../../support/served-clinic.ts';

const BORN = { bornOn: '1988-05-04' };
const SILENT = { people: [{ task: 'answer-screening', never: true }] };
const WELL = {
  'data.facts.glaucoma': 'none',
  'data.facts.psychosis': 'family_first_degree',
  'data.facts.acute_symptoms.none-of-these': 'yes',
};
const SAD = Object.fromEntries(
  bundledData()
    .measures.filter(({ id }) => id === 'phq9')
    .flatMap(({ items }) => items.map(({ id }) => [id, 1])),
);
/** The PHQ-9 as the link asks it, with the same answer to each item and another to the one about suicide. */
const phq9 = (value: string, item9: string) => ({
  ...Object.fromEntries(Object.keys(SAD).map((id) => [`data.phq9.${id}`, value])),
  'data.phq9.item-9': item9,
});
const UNWELL = { 'data.facts.acute_symptoms.chest_pain': 'yes' };

const links = servedLinks();

const proved = async (id: string): Promise<Seen> => links.reader.fill(id, await links.reader.open(id), BORN);
/** A patient of whom nothing is known and who is asked for the screening's answers: their journey, and the form that their link opened. */
const asked = async (): Promise<{ journeyId: string; id: string; form: Seen }> => {
  const journeyId = await links.served.patient({ days: 2, scenario: SILENT, facts: {} });
  const [id = ''] = links.reader.sent(({ text }) => text.includes('we have some questions'));
  return { journeyId, id, form: await proved(id) };
};
const known = async (journeyId: string) =>
  (await links.served.get('medical-director', `/v1/journeys/${journeyId}/record`)).body.facts;
const tasksOf = async (journeyId: string, kind: string) =>
  (await links.served.get('medical-director', `/v1/journeys/${journeyId}/tasks`)).body.items.filter(
    (task: { kind: string }) => task.kind === kind,
  );
const entries = async (journeyId: string, kind: string) =>
  (await links.served.clinic.events(journeyId)).flatMap(({ entry }) => (entry.kind === kind ? [entry] : []));
/** A clinician answers the newest task of a kind after the telephone call. */
const completes = async (journeyId: string, kind: string, facts: object, who: Who = 'provider') => {
  const isTheirs = ({ holder }: { holder: string }) => (holder === 'patient') === (who !== 'provider');
  const { number } = (await tasksOf(journeyId, kind)).findLast(isTheirs);
  const path = `/v1/journeys/${journeyId}/tasks/${number}`;
  const version = (await links.served.get(who, path)).headers.get('ETag') ?? '';
  const headers = { 'If-Match': version, 'Idempotency-Key': `call-${number}-${version}` };
  return links.served.post(who, `${path}/decision`, { answer: 'answered', data: { facts } }, headers);
};
/** What nobody has asked the patient by a link. */
const REST = Object.fromEntries(Object.entries(HEALTHY_FACTS).filter(([fact]) => !(fact in PatientFacts.shape)));

describe('A patient who is asked for the screening’s answers', () => {
  test('finds a field with a label for each thing that they can say of themselves, and nothing is chosen beforehand', async () => {
    const { form } = await asked();
    for (const fact of keysOf(PatientFacts.shape)) expect(form.html).toContain(`"data.facts.${fact}`);
    const fields = [...form.html.matchAll(/ id="(data[^"]+)"/g)].map(([, id]) => id);
    const labels = [...form.html.matchAll(/ for="(data[^"]+)"/g)].map(([, id]) => id);
    expect(labels).toEqual(fields);
    expect(form.html).not.toMatch(/" (checked|selected)/);
  });

  test('is not asked there the screener about suicide, nor for what is measured, scored or judged', async () => {
    const { form } = await asked();
    for (const fact of keysOf(FactSheet.shape).filter((each) => !(each in PatientFacts.shape)))
      expect(form.html).not.toContain(`"data.facts.${fact}"`);
    expect(form.html).toContain('A clinician goes through the rest with you on the telephone');
  });

  test('answers what they know, and a clinician asks for the rest on the telephone and finishes the screening', async () => {
    const { journeyId, id, form } = await asked();
    const told = await links.reader.fill(id, form, { ...WELL, answer: 'answered' });
    expect(told.html).toMatch(/You answered: These are my answers[\s\S]*A clinician will call you/);
    expect(await known(journeyId)).toEqual({ glaucoma: 'none', psychosis: 'family_first_degree', acute_symptoms: [] });
    const [first, second] = await tasksOf(journeyId, 'answer-screening');
    expect([first.state, second.state, second.holder]).toEqual(['decided', 'open', 'provider']);
    expect(await entries(journeyId, 'screening')).toEqual([]);

    const early = await completes(journeyId, 'answer-screening', REST);
    expect([early.status, early.text.includes('avm: missing')]).toEqual([409, true]);
    const { glaucoma: _glaucoma, psychosis: _psychosis, ...whole } = HEALTHY_FACTS;
    expect((await completes(journeyId, 'answer-screening', whole)).status).toBe(200);
    expect(await entries(journeyId, 'screening')).toMatchObject([
      { disposition: 'review', reasons: ['PSYCHOSIS_RISK'] },
    ]);
  });

  test('fills in the PHQ-9 with it: the sheet has its total and its item 9, and nobody is called where that is a no', async () => {
    const { journeyId, id, form } = await asked();
    expect(form.html).toMatch(/Over the last 2 weeks[\s\S]*Thoughts that you would be better off dead[\s\S]*Pfizer/);
    const told = await links.reader.fill(id, form, { ...WELL, ...phq9('2', '0'), answer: 'answered' });
    expect(told.html).not.toContain('role="alert"');
    expect(await known(journeyId)).toMatchObject({ glaucoma: 'none', phq9_total: 16, phq9_item9: 0 });
    expect(await tasksOf(journeyId, 'rescreen')).toEqual([]);
  });

  test('leaves lines of the PHQ-9 out: there is no total then, and an item 9 that was left out stays open', async () => {
    const { journeyId, id, form } = await asked();
    const few = { 'data.phq9.interest': '3', 'data.phq9.down': '3' };
    await links.reader.fill(id, form, { ...few, answer: 'answered' });
    expect(await known(journeyId)).toEqual({});
    expect(await tasksOf(journeyId, 'answer-screening')).toMatchObject([{ state: 'decided' }, { holder: 'provider' }]);
  });

  test('whose item 9 is not a no reads whom to call, and the screener is asked for in that write; a clinician asks it before anything else is known', async () => {
    const { journeyId, id, form } = await asked();
    const told = await links.reader.fill(id, form, { ...phq9('1', '1'), answer: 'answered' });
    expect(told.html).toMatch(/role="alert"[^>]*>[^<]*988/);
    expect(await known(journeyId)).toMatchObject({ phq9_item9: 1, cssrs_completed: false });
    const [screener] = await tasksOf(journeyId, 'rescreen');
    const all = await links.served.clinic.events(journeyId);
    const decided = all.find(({ entry }) => entry.kind === 'task' && entry.by === 'patient');
    expect([screener.state, screener.opensAt]).toEqual(['open', decided?.at]);
    expect((await links.reader.open(id)).html).not.toContain('C-SSRS');

    const urgent = { cssrs_completed: true, cssrs_q1: true, cssrs_q2: true, cssrs_q3: true, cssrs_q4: true };
    const answer = await completes(journeyId, 'rescreen', urgent, 'medical-director');
    expect([answer.status, answer.body.answer]).toEqual([200, 'answered']);
    expect(await entries(journeyId, 'safety')).toMatchObject([{ type: 'crisis', event: 'opened' }, {}, {}]);
    expect(await entries(journeyId, 'screening')).toEqual([]);
  });

  test('whose item 9 is not a no and who answers no more has somebody paged', async () => {
    const { journeyId, id, form } = await asked();
    await links.reader.fill(id, form, { ...phq9('1', '3'), answer: 'refused' });
    expect(await tasksOf(journeyId, 'rescreen')).toMatchObject([{ state: 'open' }]);
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 31 * 60_000 });
    expect(await entries(journeyId, 'safety')).toMatchObject([{ type: 'crisis', event: 'opened' }, {}, {}]);
  });

  test('whose clinician asks the screener with the rest of the sheet is not asked it apart', async () => {
    const { journeyId, id, form } = await asked();
    await links.reader.fill(id, form, { ...WELL, ...phq9('1', '1'), answer: 'answered' });
    const { glaucoma: _, psychosis: __, phq9_total: ___, phq9_item9: ____, ...rest } = HEALTHY_FACTS;
    expect((await completes(journeyId, 'answer-screening', { ...rest, cssrs_q1: true })).status).toBe(200);
    expect(await tasksOf(journeyId, 'rescreen')).toMatchObject([{ state: 'superseded' }]);
    await links.served.clinic.clock.run({ until: links.served.clinic.clock.millis() + 31 * 60_000 });
    expect(await entries(journeyId, 'safety')).toEqual([]);
  });

  test('answers once: the same form again is told what it answered, and changes nothing', async () => {
    const { journeyId, id, form } = await asked();
    await links.reader.fill(id, form, { ...WELL, answer: 'answered' });
    const again = await links.reader.fill(id, form, { ...UNWELL, answer: 'answered' });
    expect(again.html).toContain('You answered: These are my answers');
    expect((await known(journeyId)).acute_symptoms).toEqual([]);
    expect((await links.reader.open(id)).html).toContain('This was answered');
  });

  test('who is in an emergency is told at once whom to call, and somebody of the clinic is paged in the same moment', async () => {
    const { journeyId, id, form } = await asked();
    const told = await links.reader.fill(id, form, { ...UNWELL, answer: 'answered' });
    expect(told.html).toMatch(/role="alert"[^>]*>[^<]*911/);
    const all = await links.served.clinic.events(journeyId);
    const opened = all.find(({ entry }) => entry.kind === 'safety');
    const decided = all.find(({ entry }) => entry.kind === 'task' && entry.by === 'patient');
    expect(opened).toMatchObject({ entry: { type: 'crisis', event: 'opened' }, at: decided?.at });
    expect(await tasksOf(journeyId, 'acknowledge-safety')).toMatchObject([{ state: 'open' }]);
  });

  test('who says so and then refuses the rest is an emergency all the same', async () => {
    const { journeyId, id, form } = await asked();
    const told = await links.reader.fill(id, form, { ...UNWELL, answer: 'refused' });
    expect(told.html).toMatch(/role="alert"[^>]*>[^<]*911/);
    expect(await entries(journeyId, 'safety')).toMatchObject([{ event: 'opened' }, {}, {}]);
  });

  test('who wrote something that cannot be finds it again with the words beside it, and nothing was kept', async () => {
    const { journeyId, id, form } = await asked();
    const wrong = { ...WELL, 'data.facts.age_years': '380', answer: 'answered' };
    const page = await links.reader.fill(id, form, wrong);
    expect([page.status, page.html.includes('could not be taken')]).toEqual([400, true]);
    expect(page.html).toMatch(/value="380"[\s\S]{0,200}id="data.facts.age_years-problem">Please write 130 at most/);
    expect(page.html).toMatch(/value="family_first_degree" selected/);
    expect(await known(journeyId)).toEqual({});
    await links.reader.fill(id, page, { ...wrong, 'data.facts.age_years': '38' });
    expect((await known(journeyId)).age_years).toBe(38);
  });

  test('who answered nothing is asked again', async () => {
    const { journeyId, id, form } = await asked();
    const page = await links.reader.fill(id, form, { answer: 'answered' });
    expect([page.status, page.html.includes('could not be taken')]).toEqual([400, true]);
    expect(await known(journeyId)).toEqual({});
  });

  test('cannot answer there what a clinician has to ask', async () => {
    const { journeyId, id, form } = await asked();
    await links.reader.fill(id, form, { ...WELL, 'data.facts.cssrs_completed': 'yes', answer: 'answered' });
    expect(await known(journeyId)).not.toHaveProperty('cssrs_completed');
  });

  test('in Spanish reads every label, choice and error in Spanish, and is heard in an emergency', async () => {
    const scenario = { ...SILENT, patient: { language: 'es' } };
    const journeyId = await links.served.patient({ days: 2, scenario, facts: {} });
    const [id = ''] = links.reader.sent(({ text }) => text.includes('preguntas para usted'));
    const form = await proved(id);
    const seen = (html: string) => html.replaceAll(/<(style|title)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, '\n');
    expect(form.html).toContain('<html lang="es">');
    expect(seen(form.html)).toMatch(/Edad, en años \(de 0 a 130\)[\s\S]*Dolor en el pecho[\s\S]*Nada de esto/);
    const english =
      /not answered|not known|unknown|none of these|Screening|About you|Glaucoma: |Seizure|\b(to|yes|treated)\b/i;
    expect(seen(form.html)).not.toMatch(english);
    const wrong = await links.reader.fill(id, form, {
      ...WELL,
      'data.facts.age_years': '380',
      'data.facts.acute_symptoms.chest_pain': 'yes',
      answer: 'answered',
    });
    expect(wrong.status).toBe(400);
    expect(seen(wrong.html)).toContain('Elija lo uno o lo otro, por favor');
    const told = await links.reader.fill(id, wrong, { ...UNWELL, answer: 'answered' });
    expect(told.html).toMatch(/role="alert"[^>]*>[^<]*911/);
    expect(seen(told.html)).toMatch(
      /Usted respondió: Estas son mis respuestas[\s\S]*repasará las preguntas que faltan/,
    );
    expect(await known(journeyId)).toEqual({ acute_symptoms: ['chest_pain'] });
    expect(await entries(journeyId, 'safety')).toMatchObject([{ type: 'crisis', event: 'opened' }, {}, {}]);
  });
});

describe('A patient who is asked anew', () => {
  test('before a clearance ends says by a link what is new, and a clinician asks about suicide anew', async () => {
    const people = [
      { task: 'book-pair', occurrence: 3, after: 'P70D' },
      { task: 'rescreen', never: true },
    ];
    const journeyId = await links.served.patient({ days: 79, scenario: { people } });
    const [id = ''] = links.reader.sent(({ text }) => text.includes('bring a few answers up to date'));
    const form = await proved(id);
    expect(form.html).not.toMatch(/" (checked|selected)/);
    await links.reader.fill(id, form, { ...WELL, ...phq9('1', '1'), answer: 'answered' });
    expect(await known(journeyId)).toMatchObject({
      psychosis: 'family_first_degree',
      sbp: 122,
      phq9_total: 9,
      phq9_item9: 1,
      cssrs_completed: false,
    });
    const open = (await tasksOf(journeyId, 'rescreen')).filter(({ state }: { state: string }) => state === 'open');
    expect(open.map(({ holder }: { holder: string }) => holder).toSorted()).toEqual(['patient', 'provider']);
    const { cssrs_completed, cssrs_q2, cssrs_q6 } = HEALTHY_FACTS;
    await completes(journeyId, 'rescreen', { cssrs_completed, cssrs_q1: true, cssrs_q2, cssrs_q6 });
    // The screener that item 9 called for was asked with the rest.
    const left = (await tasksOf(journeyId, 'rescreen')).filter(
      ({ holder }: { holder: string }) => holder === 'patient',
    );
    expect(left.at(-1)).toMatchObject({ state: 'superseded' });
    const screenings = await entries(journeyId, 'screening');
    expect(screenings).toMatchObject([{ disposition: 'eligible' }, { reasons: ['PSYCHOSIS_RISK'] }]);
  }, 20_000);

  test('about suicide gets no link: nobody asks that where nobody can act on the answer', async () => {
    await links.served.patient({
      days: 3.5,
      scenario: {
        people: [
          { task: 'answer-measure', data: { answers: SAD } },
          { task: 'rescreen', never: true },
        ],
      },
    });
    const requests = links.served.clinic
      .sent(500)
      .filter(({ text }) => text.includes('bring a few answers up to date'));
    expect(requests.length).toBeGreaterThan(0);
    for (const { text } of requests) expect(text).not.toContain('/l/');
  });
});
