import { describe, expect, test } from 'vitest';
import { localDate } from '../../functions/domain/time/local.ts';
import { hoursBetween, tell } from '../support/story.ts';

const ZONE = 'America/Los_Angeles';
const day = (at: string) => localDate(at, ZONE);
const phases = ['consult', 'screening', 'clearance', 'plan', 'preparation', 'series', 'completion'];

describe.each(['three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'])(
  'A suitable patient of %s',
  (program) => {
    test('goes through every phase in order, to completed', async () => {
      const story = await tell({ program });
      expect(story.outcome).toBe('completed');
      expect(story.all('phase', { event: 'entered' }).map(({ phase }) => phase)).toEqual(phases);
      expect(story.all('debt', { event: 'settled' }).length).toBe(story.all('dose', { event: 'started' }).length);
      const leaks = /ketamin|infusion|psychedelic|lozenge|depress|PHQ|GAD/i;
      expect(story.texts().filter((text) => leaks.test(text))).toEqual([]);
    });
  },
);

describe('Three phases', () => {
  test('a dose owes two sessions: the first in its window, the next dose only after the second', async () => {
    const story = await tell({ program: 'three-phase' });
    const doses = story.all('dose', { event: 'ended' });
    expect(doses.length).toBe(4);
    for (const dose of doses) {
      const held = story.all('appointment', { appointment: 'integration', event: 'attended', cycle: dose.cycle });
      expect(held.length).toBe(2);
      const hours = hoursBetween(dose, held[0]?.startsAt ?? '');
      expect(hours).toBeGreaterThanOrEqual(24);
      expect(hours).toBeLessThanOrEqual(72);
      expect(hoursBetween(held[0]?.endsAt ?? '', held[1]?.startsAt ?? '')).toBeGreaterThanOrEqual(24);
      const next = story.all('dose', { event: 'started', cycle: dose.cycle + 1 })[0];
      if (next !== undefined) expect(hoursBetween(held[1] ?? '', next)).toBeGreaterThan(0);
    }
  });

  test('prepares twice, with a therapist who is in the room at every dose', async () => {
    const story = await tell({ program: 'three-phase' });
    expect(story.all('appointment', { appointment: 'preparation', event: 'attended' }).length).toBe(2);
    const doses = story.all('appointment', { appointment: 'dosing', event: 'started' });
    expect(doses.every(({ practitioners }) => practitioners.includes('therapist-1'))).toBe(true);
  });

  test('keeps the rest of a dosing day free of every other appointment', async () => {
    const story = await tell({ program: 'three-phase' });
    const doses = story
      .all('appointment', { appointment: 'dosing', event: 'attended' })
      .map(({ startsAt }) => day(startsAt));
    const others = story
      .all('appointment', { event: 'attended' })
      .filter(({ appointment }) => appointment !== 'dosing')
      .map(({ startsAt }) => day(startsAt));
    expect(others.filter((date) => doses.includes(date))).toEqual([]);
  });

  test('refuses whoever names a time on the day of a dose', async () => {
    const story = await tell({
      program: 'three-phase',
      commands: [
        {
          after: 'discharge',
          plus: 'PT10M',
          command: 'reschedule-appointment',
          by: { role: 'coordinator', id: 'coordinator-1' },
          data: { appointment: 'integration', startsAt: '2026-03-12T16:00:00-07:00' },
        },
      ],
    });
    expect(story.one('command')).toMatchObject({ accepted: false });
    expect(story.one('command').reason).toContain('rest-of-day (2026-03-12)');
  });

  test('gives the medicine by the route that the provider cleared', async () => {
    const story = await tell({
      program: 'three-phase',
      people: [{ task: 'medical-clearance', data: { route: 'iv' } }],
    });
    expect(story.outcome).toBe('completed');
    expect([...new Set(story.all('dose').map(({ route }) => route))]).toEqual(['iv']);
  });

  test('has things to read at set points, and each says only that there is something', async () => {
    const story = await tell({ program: 'three-phase' });
    const sent = story.all('message', { message: 'education', event: 'sent' });
    expect(sent.length).toBe(4);
  });

  test('takes recovery from substance use only in an appropriate setting, after the medical director’s review', async () => {
    const facts = { indication: 'sud_support' };
    const refused = await tell({
      program: 'three-phase',
      patient: { facts },
      people: [{ task: 'screening-review', answer: 'decline' }],
    });
    expect(refused.outcome).toBe('ineligible');
    const cared = await tell({
      program: 'three-phase',
      patient: { facts },
      clinic: { policy: { substanceUseCare: true } },
    });
    expect(cared.all('task', { task: 'screening-review', event: 'decided' })[0]?.by).toBe('medical-director-1');
    expect(cared.outcome).toBe('completed');
  });
});

describe('Two, then six to eight', () => {
  const program = 'two-then-extend';
  const nextStep = (occurrence: number, answer: string, data: object = {}) => ({
    task: 'next-step',
    occurrence,
    answer,
    data,
  });

  test('begins with two doses, then goes on to six in all', async () => {
    const story = await tell({ program });
    expect(story.all('dose', { event: 'started' }).length).toBe(6);
    const decided = story.all('task', { task: 'next-step', event: 'decided' });
    expect(story.all('dose', { event: 'started' }).filter(({ at }) => at < (decided[0]?.at ?? '')).length).toBe(2);
  });

  test('goes on to as many as the clinician names, and no further than eight', async () => {
    const story = await tell({
      program,
      people: [nextStep(1, 'continue', { doses: 7 }), nextStep(2, 'extend', { doses: 1 })],
    });
    expect(story.all('dose', { event: 'started' }).length).toBe(8);
  });

  test.each([
    [4, 6],
    [6, 8],
  ])('a clinician who extends the first two by %i doses goes on to %i in all', async (doses, inAll) => {
    const story = await tell({ program, people: [nextStep(1, 'extend', { doses })] });
    expect(story.all('dose', { event: 'started' }).length).toBe(inAll);
    expect(story.all('task', { task: 'next-step', event: 'decided' })[0]).toMatchObject({
      answer: 'extend',
      occurrence: 1,
    });
    expect(story.all('task', { task: 'next-step', event: 'escalated' })).toEqual([]);
  });

  test('stops after two where the clinician stops, and completes with its follow-ups', async () => {
    const story = await tell({ program, people: [nextStep(1, 'stop')] });
    expect(story.all('dose', { event: 'started' }).length).toBe(2);
    expect(story.outcome).toBe('completed');
    expect(story.all('task', { task: 'follow-up-contact', event: 'decided' }).length).toBe(3);
  });

  test('the provider sees the patient after the second dose, before anybody decides how to go on', async () => {
    const story = await tell({ program });
    const visit = story.one('appointment', { appointment: 'provider-review', event: 'attended' });
    expect(visit).toMatchObject({ cycle: 2, practitioners: ['provider-1'] });
    const [step] = story.all('task', { task: 'next-step', event: 'opened' });
    expect(hoursBetween(visit, step ?? '')).toBeGreaterThanOrEqual(0);
    expect(story.all('billing', { step: 'provider-review' }).map((each) => each.class)).toEqual(['billed-separately']);
  });

  test('a plan that is changed is signed anew by everybody before the next dose is booked', async () => {
    const story = await tell({ program, people: [nextStep(1, 'change-plan', { doses: 6 })] });
    const changed = story.all('task', { task: 'next-step', event: 'decided' })[0]?.at ?? '';
    const signed = story.all('task', { task: 'plan-sign-off', event: 'decided' }).filter(({ at }) => at > changed);
    expect(signed.map(({ role }) => role).toSorted()).toEqual(['patient', 'provider', 'therapist']);
    expect(story.all('hold', { reason: 'plan-changed' }).map(({ event }) => event)).toEqual(['placed', 'lifted']);
    const booked = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 3 })[0];
    expect(hoursBetween(signed.at(-1) ?? '', booked ?? '')).toBeGreaterThanOrEqual(0);
    expect(story.outcome).toBe('completed');
  });

  test('at home, where clinic and law allow it, with a therapist on the video and a chaperone', async () => {
    const story = await tell({
      program,
      patient: { modality: 'remote' },
      people: [{ task: 'screening-review', answer: 'proceed' }],
    });
    expect(story.one('task', { task: 'screening-review', event: 'decided' }).role).toBe('medical-director');
    expect(story.outcome).toBe('completed');
    const doses = story.all('appointment', { appointment: 'dosing', event: 'booked' });
    expect(doses.every(({ modality, room }) => modality === 'remote' && room === null)).toBe(true);
    const gates = story.all('gate', { gate: 'dosing-day' });
    expect(gates.every(({ checks }) => checks.some(({ id, result }) => id === 'DD-19' && result === 'pass'))).toBe(
      true,
    );
    const written = story.all('message', { event: 'sent' }).filter(({ to }) => to === 'patient' || to === 'chaperone');
    expect(written.filter(({ text }) => /pick-up|ride home|take[sn]? you home|at the desk/i.test(text ?? ''))).toEqual(
      [],
    );
    const beside = story.all('message', { message: 'chaperone-reminder', event: 'sent' })[0];
    expect(beside?.text).toContain('please be there');
  });

  test('not at home, where the clinic gives no doses there', async () => {
    const story = await tell({ program, patient: { modality: 'remote' }, clinic: { policy: { homeDosing: false } } });
    expect(story.all('dose')).toEqual([]);
    expect([story.outcome, story.reason]).toEqual(['ineligible', 'remote-allowed']);
  });

  test('whoever is with them at home and drops out is asked for as that', async () => {
    const when = { after: 'booked-dose', occurrence: 1, plus: 'PT1H' };
    const change = { command: 'change-chaperone', by: { role: 'patient', id: 'patient' }, data: { chaperone: 'none' } };
    const story = await tell({ program, patient: { modality: 'remote' }, commands: [{ ...when, ...change }] });
    const told = story.all('message', { message: 'chaperone-changed', to: 'patient', event: 'sent' })[0];
    expect(told?.text).toContain('who is with you');
  });
});

describe('An order for a dose at home', () => {
  const home = (more: object) => ({
    program: 'two-then-extend',
    patient: { modality: 'remote' },
    ...more,
  });
  const order = (prescribing: object) => ({
    task: 'dose-order',
    occurrence: 1,
    role: 'provider',
    data: { prescribing },
  });

  test.each([
    ['from who is not licensed where the patient is', { patientState: 'OR' }],
    ['without a look at the state’s records that day', { monitoringCheckedOn: '2026-01-02' }],
  ])('%s is refused, and who comes next puts it right', async (_how, prescribing) => {
    const story = await tell(home({ people: [order(prescribing)] }));
    const decided = story.all('task', { task: 'dose-order', event: 'decided' })[0];
    expect(decided?.by).not.toBe('provider-1');
    expect(story.outcome).toBe('completed');
  });

  test('is not given in a state that forbids it', async () => {
    const clinic = { policy: { homeDosingBannedIn: ['CA'] } };
    const story = await tell(home({ clinic, until: 'P24M' }));
    expect(story.all('dose')).toEqual([]);
    expect(story.all('task', { task: 'dose-order', event: 'decided', answer: 'ordered' })).toEqual([]);
  });
});

describe('Led by a therapist', () => {
  const program = 'therapist-led';

  test('the therapist refers the patient before anything else is asked', async () => {
    const story = await tell({ program });
    const referred = story.one('task', { task: 'refer-to-prescriber', event: 'decided' });
    expect(referred.by).toBe('therapist-1');
    expect(
      hoursBetween(referred, story.one('task', { task: 'answer-screening', event: 'opened' })),
    ).toBeGreaterThanOrEqual(0);
  });

  test('a referral that fails is tried again, and after the fourth time the patient is transferred', async () => {
    const once = await tell({ program, people: [{ task: 'refer-to-prescriber', occurrence: 1, answer: 'failed' }] });
    expect(once.all('task', { task: 'refer-to-prescriber', event: 'decided' }).map(({ answer }) => answer)).toEqual([
      'failed',
      'sent',
    ]);
    const never = await tell({ program, people: [{ task: 'refer-to-prescriber', answer: 'failed' }] });
    expect(never.outcome).toBe('transferred');
    expect(never.all('task', { task: 'answer-screening' })).toEqual([]);
  });

  test('no nurse is needed: the therapist checks in, records and discharges, and the plan is theirs and the patient’s', async () => {
    const story = await tell({ program });
    expect(story.all('task', { role: 'nurse' })).toEqual([]);
    for (const task of ['dosing-day-check', 'record-dose', 'discharge'] as const)
      expect(story.all('task', { task, event: 'decided' }).every(({ by }) => by === 'therapist-1')).toBe(true);
    expect(
      story
        .all('task', { task: 'plan-sign-off', event: 'decided' })
        .map(({ role }) => role)
        .toSorted(),
    ).toEqual(['patient', 'therapist']);
  });

  test('two weeks after the last dose the patient is asked again, and what wears off is shown to the prescriber', async () => {
    const phq9 = [16, 8, 8, 8, 8];
    const worse = { patient: { measures: { phq9: [...phq9, 18], gad7: [12, 6] } } };
    const story = await tell({ program, people: [{ task: 'next-step', answer: 'stop' }], ...worse });
    const last = story.all('dose', { event: 'ended' }).at(-1);
    const taken = story.all('measure', { measure: 'phq9' });
    const fortnight = taken.filter(({ at }) => Math.abs(hoursBetween(last ?? '', at) - 14 * 24) < 24);
    expect(fortnight.map(({ total }) => total)).toEqual([18]);
    const shown = story.all('task', { task: 'response-review', event: 'opened' }).at(-1);
    expect(hoursBetween(fortnight[0] ?? '', shown ?? '')).toBe(0);
    const steady = await tell({ program, people: [{ task: 'next-step', answer: 'stop' }] });
    expect(steady.all('task', { task: 'response-review', event: 'opened' }).length).toBe(3);
  });
});

describe('One to three, moderate to high', () => {
  const program = 'moderate-high';

  test('one is a whole series, and a clinician may extend it to three', async () => {
    const one = await tell({ program });
    expect(one.all('dose', { event: 'started' }).length).toBe(1);
    const three = await tell({
      program,
      people: [1, 2].map((occurrence) => ({ task: 'next-step', occurrence, answer: 'extend', data: { doses: 1 } })),
    });
    expect(three.all('dose', { event: 'started' }).length).toBe(3);
    expect(three.outcome).toBe('completed');
  });

  test('two therapists are in the room for the whole of the dose, and a colleague stands in for the second', async () => {
    const therapists = (practitioners: readonly string[]) => practitioners.filter((id) => id.startsWith('therapist'));
    const story = await tell({ program });
    const dosing = story.one('appointment', { appointment: 'dosing', event: 'booked' });
    const team = therapists(dosing.practitioners);
    expect(team.length).toBe(2);
    const [lead = '', second = ''] = team;
    const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const without = await tell({ program, clinic: { practitioners: [{ id: second, hours: never }] } });
    const other = therapists(without.one('appointment', { appointment: 'dosing', event: 'booked' }).practitioners);
    expect(other).toContain(lead);
    expect(other.length).toBe(2);
    expect(other).not.toContain(second);
  });

  test('three sessions prepare, and nothing reaches the patient while they are dosed', async () => {
    const story = await tell({ program });
    expect(story.all('appointment', { appointment: 'preparation', event: 'attended' }).length).toBe(3);
    const checkedIn = story.one('appointment', { appointment: 'dosing', event: 'checked-in' }).at;
    const left = story.one('task', { task: 'discharge', event: 'decided' }).at;
    const during = story
      .all('message', { event: 'sent', to: 'patient' })
      .filter(({ at }) => at > checkedIn && at < left);
    expect(during).toEqual([]);
  });
});

describe('A patient with a therapist of their own', () => {
  const informed = { task: 'inform-own-therapist', event: 'decided' } as const;
  test('has that therapist informed, with their release', async () => {
    const story = await tell({ program: 'moderate-high', patient: { therapist: 'own' } });
    expect(story.one('task', informed).answer).toBe('informed');
  });
  test('and nobody is told anything without it', async () => {
    const story = await tell({
      program: 'moderate-high',
      patient: { therapist: 'own', consents: { shareWithOwnTherapist: false } },
    });
    expect(story.all('task', informed)).toEqual([]);
    expect(story.outcome).toBe('completed');
  });
});

describe('A booked dose of the other programs', () => {
  test.each(['three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'])(
    'moves by a day in %s, onto the times that its own integration held',
    async (program) => {
      const story = await tell({
        program,
        commands: [
          {
            after: 'booked-dose',
            plus: 'PT2H',
            command: 'reschedule-appointment',
            by: { role: 'coordinator', id: 'coordinator-1' },
            data: { appointment: 'dosing', startsAt: { shift: 'P1D' } },
          },
        ],
      });
      expect(story.one('command')).toMatchObject({ accepted: true });
      const [moved] = story.all('appointment', { appointment: 'dosing', event: 'moved' });
      expect(story.all('appointment', { appointment: 'integration', event: 'moved' })[0]?.at).toBe(moved?.at);
      expect(story.outcome).toBe('completed');
    },
  );

  test('is planned anew when somebody is away from one date to another', async () => {
    const story = await tell({
      program: 'three-phase',
      commands: [
        {
          after: 'booked-dose',
          plus: 'PT2H',
          command: 'practitioner-absent',
          by: { role: 'coordinator', id: 'coordinator-1' },
          data: { practitioner: 'provider-1', from: '2026-03-09', to: '2026-03-20' },
        },
      ],
    });
    expect(story.one('command')).toMatchObject({ accepted: true });
    const away = story
      .all('appointment', { event: 'started' })
      .filter(
        ({ startsAt, practitioners }) => practitioners.includes('provider-1') && startsAt < '2026-03-21T07:00:00Z',
      );
    expect(away).toEqual([]);
    expect(story.outcome).toBe('completed');
  });
});
