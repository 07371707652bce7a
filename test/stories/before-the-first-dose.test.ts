import { describe, expect, test } from 'vitest';
import type { Role, TaskKind } from '../../functions/domain/names.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { hoursBetween, tell } from '../support/story.ts';

describe('journeys that end before the first dose', () => {
  test.each([
    ['is not a fit', { people: [{ task: 'fit-decision', answer: 'not-fit' }] }, 'not-a-fit'],
    ['is unwilling to attend integrations', { patient: { fit: { willAttendIntegration: false } } }, 'not-a-fit'],
    ['is not open to reflection', { patient: { fit: { openToReflection: false } } }, 'not-a-fit'],
    ['has a contraindication that nobody may overturn', { patient: { facts: { avm: 'yes' } } }, 'ineligible'],
    [
      'is declined by the provider',
      { people: [{ task: 'medical-clearance', answer: 'declined', reason: 'not now' }] },
      'ineligible',
    ],
    [
      'is declined by the therapist',
      { people: [{ task: 'psychological-clearance', answer: 'declined' }] },
      'ineligible',
    ],
    [
      'is declined on review',
      { patient: { facts: { sbp: 150 } }, people: [{ task: 'screening-review', answer: 'decline' }] },
      'ineligible',
    ],
    ['refuses the consents', { people: [{ task: 'sign-consents', answer: 'refused' }] }, 'declined'],
    ['does not consent to treatment', { patient: { consents: { treatment: false } } }, 'declined'],
    [
      'would be dosed at home without consent to telehealth',
      { program: 'two-then-extend', patient: { modality: 'remote', consents: { telehealth: false } } },
      'declined',
    ],
    ['refuses the cost', { people: [{ task: 'acknowledge-cost', answer: 'refused' }] }, 'declined'],
    ['has nobody to take them home', { patient: { chaperone: 'none' } }, 'ineligible'],
    [
      'withdraws on the first day',
      { commands: [{ after: 'request', plus: 'PT1H', command: 'withdraw', by: { role: 'patient', id: 'patient' } }] },
      'withdrawn',
    ],
    [
      'is never reached',
      {
        people: [
          { task: 'answer-screening', never: true },
          { task: 'call-patient', answer: 'not-reached' },
        ],
      },
      'unresponsive',
    ],
    ['is reached and never answers', { people: [{ task: 'answer-screening', never: true }] }, 'unresponsive'],
    ['cannot be booked', { people: [{ task: 'book-pair', answer: 'no-slot' }] }, 'transferred'],
  ])('a patient who %s is told so, and nothing stays open', async (_who, scenario, outcome) => {
    const story = await tell(scenario);
    expect(story.outcome).toBe(outcome);
    expect(story.all('dose')).toEqual([]);
    const farewells = story
      .all('message', { event: 'sent' })
      .filter(({ message }) => message === 'decline' || message === 'goodbye');
    expect(farewells).toHaveLength(1);
  });

  test('a fourth request for more information counts as a decline by whoever asked', async () => {
    const story = await tell({ people: [{ task: 'medical-clearance', answer: 'more-information' }] });
    expect(story.outcome).toBe('ineligible');
    expect(story.all('task', { task: 'medical-clearance', event: 'decided' })).toHaveLength(4);
  });
});

const rehearsed = async (scenario: object) =>
  (await rehearse(await readScenario({ program: 'northwest-iv', ...scenario }), oneMachine)).result.entries;

describe('A month in which nobody of the clinic answers', () => {
  const silent = (task: TaskKind, ...roles: Role[]) =>
    roles.map((role) => ({ task, role, occurrence: 1, never: true }));
  test.each<[TaskKind, string, object[]]>([
    ['fit-decision', 'northwest-iv', silent('fit-decision', 'coordinator', 'nurse', 'medical-director')],
    ['fit-decision', 'three-phase', silent('fit-decision', 'coordinator', 'nurse', 'medical-director')],
    ['record-preparation', 'northwest-iv', silent('record-preparation', 'therapist', 'medical-director')],
    ['record-preparation', 'two-then-extend', silent('record-preparation', 'therapist', 'medical-director')],
  ])('leaves the journey where it is, and %s is asked again (%s)', async (task, program, people) => {
    const story = await tell({ program, people });
    const [expired] = story.all('task', { task, event: 'expired' });
    const again = story.all('task', { task, event: 'opened' })[1];
    expect(again?.at).toBe(expired?.at);
    const [decided] = story.all('task', { task, event: 'decided' });
    const between = story.entries.filter(({ at }) => at > (expired?.at ?? '') && at < (decided?.at ?? ''));
    expect(between.filter(({ kind }) => kind === 'gate' || kind === 'phase' || kind === 'dose')).toEqual([]);
    expect(story.outcome).toBe('completed');
  });
});

test.each(['psychological-clearance', 'medical-clearance', 'screening-review'] as const)(
  'Whoever may decide on %s is asked daily until somebody does: nothing goes on, and nothing is forgotten',
  async (task) => {
    const roles = ['therapist', 'provider', 'medical-director'].map((role) => ({ task, role, never: true }));
    const facts = { psychosis: 'family_first_degree' };
    const story = await rehearsed({ patient: { facts }, people: roles, until: 'P100D' });
    const reminded = story.filter((each) => each.kind === 'task' && each.task === task && each.event === 'nudged');
    expect(reminded.length).toBeGreaterThan(50);
    expect(story.some((each) => each.kind === 'handoff' || each.kind === 'dose')).toBe(false);
  },
);

test('A patient who has not signed is called, and the call stays asked for until somebody makes it', async () => {
  const told = await rehearsed({
    people: [
      { task: 'sign-consents', never: true },
      ...['coordinator', 'nurse', 'medical-director'].map((role) => ({ task: 'call-patient', role, never: true })),
    ],
    until: 'P100D',
  });
  const calls = told.filter((each) => each.kind === 'task' && each.task === 'call-patient');
  expect(calls.filter((each) => each.kind === 'task' && each.event === 'expired')).toEqual([]);
  expect(calls.filter((each) => each.kind === 'task' && each.event === 'nudged').length).toBeGreaterThan(50);
});

test.each([
  ['northwest-iv', 'therapist', 1],
  ['northwest-iv', 'provider', 3],
  ['moderate-high', 'provider', 3],
])(
  'A plan (%s) that the %s did not sign in a month is put to them again, and the patient is not turned away',
  async (program, role, occurrence) => {
    const people = [role, 'medical-director'].map((each) => ({
      task: 'plan-sign-off',
      role: each,
      occurrence,
      never: true,
    }));
    const story = await tell({ program, people });
    const events = story.entries.filter(
      (each) => each.kind === 'task' && each.task === 'plan-sign-off' && each.role === role,
    );
    const [expired, again] = events.filter(
      (each) =>
        each.kind === 'task' &&
        each.at > (events[0]?.at ?? '') &&
        (each.event === 'expired' || each.event === 'opened'),
    );
    expect(again?.at).toBe(expired?.at);
    expect(story.outcome).toBe('completed');
  },
);

describe('screening', () => {
  const moderate = {
    cssrs_q1: true,
    cssrs_q2: true,
    cssrs_q3: true,
    cssrs_q4: false,
    cssrs_q5: false,
    cssrs_q6: false,
    phq9_item9: 1,
  };
  test('moderate suicidality is looked at on the same business day', async () => {
    const story = await tell({ patient: { facts: moderate } });
    expect(story.one('screening').reasons).toEqual(['SI_MODERATE']);
    const asked = story.one('task', { task: 'screening-review', event: 'opened' });
    expect([asked.local, asked.dueAt]).toEqual(['2026-03-03 13:45 PST', '2026-03-04T01:00:00.000Z']);
  });

  test('moderate suicidality is no reason against a dose in the clinic, and nobody has one at home with it', async () => {
    const program = 'two-then-extend';
    expect((await tell({ program, patient: { facts: moderate } })).outcome).toBe('completed');
    const home = await tell({ program, patient: { facts: moderate, modality: 'remote' } });
    expect(home.all('dose')).toEqual([]);
    expect([home.outcome, home.reason]).toEqual(['ineligible', 'remote-allowed']);
  });

  test('a raised blood pressure goes to the provider, who may let the patient go on', async () => {
    const story = await tell({ patient: { facts: { sbp: 150 } } });
    expect(story.one('screening')).toMatchObject({ disposition: 'review', reasons: ['BP_ELEVATED'] });
    expect(story.one('task', { task: 'screening-review', event: 'decided' })).toMatchObject({
      role: 'provider',
      answer: 'proceed',
    });
    expect(story.outcome).toBe('completed');
  });

  test('an overridable contraindication goes to the medical director', async () => {
    const story = await tell({
      patient: { facts: { sbp: 185 } },
      until: 'P3M',
      people: [{ task: 'screening-review', answer: 'decline' }],
    });
    expect(story.one('task', { task: 'screening-review', event: 'decided' }).role).toBe('medical-director');
  });

  test('a crisis pages the clinician on call at once, helps the patient, holds the journey, and is closed with all of it recorded', async () => {
    const story = await tell({
      patient: { facts: { cssrs_q2: true, cssrs_q3: true, cssrs_q4: true, cssrs_q5: false } },
    });
    const opened = story.one('safety', { event: 'opened' });
    expect(story.one('message', { message: 'crisis-information', event: 'sent' }).at).toBe(opened.at);
    expect(story.one('hold', { event: 'placed' }).at).toBe(opened.at);
    expect(story.all('safety').map(({ event }) => event)).toEqual([
      'opened',
      'hold',
      'paged',
      'acknowledged',
      'decided',
      'followed-up',
      'closed',
    ]);
    expect(
      story
        .all('message', { message: 'page', event: 'sent' })
        .map(({ channel }) => channel)
        .toSorted(),
    ).toEqual(['email', 'sms']);
    expect(story.one('phase', { phase: 'clearance', event: 'entered' }).at > opened.at).toBe(true);
  });

  test('a page that nobody acknowledges climbs to the backup, the medical director and then everybody', async () => {
    const story = await tell({
      patient: { facts: { cssrs_q4: true } },
      people: [
        { task: 'acknowledge-safety', role: 'on-call', never: true },
        { task: 'acknowledge-safety', role: 'provider', never: true },
        { task: 'acknowledge-safety', role: 'medical-director', after: 'PT20M' },
      ],
    });
    const opened = Date.parse(story.one('safety', { event: 'opened' }).at);
    const minutes = story
      .all('safety', { event: 'paged' })
      .map(({ at, person }) => `${(Date.parse(at) - opened) / 60_000} ${person}`);
    expect(minutes.slice(0, 3).map((line) => line.split(' ')[0])).toEqual(['0', '5', '10']);
    expect(story.one('safety', { event: 'acknowledged' }).by).toBe('medical-director-1');
  });
});

describe('finding a therapist', () => {
  test.each([
    [
      'that ended in a pause',
      [
        { after: 'clearance', plus: 'PT3H', command: 'pause', by: { role: 'patient' } },
        { after: 'clearance', plus: 'P100D', command: 'resume', by: { role: 'patient' } },
      ],
      [],
      2,
    ],
    [
      'that a new medicine voids as it is given',
      [
        {
          after: 'screening',
          plus: 'PT1H',
          command: 'new-medication',
          by: { role: 'patient' },
          data: { class: 'maoi' },
        },
      ],
      [{ task: 'screening-review', after: 'P3D' }],
      1,
    ],
  ])('a clearance %s is given anew before a practice is asked', async (_how, commands, people, time) => {
    const story = await tell({ commands, people: [...people, { task: 'partner-offer', occurrence: 1, after: 'P1D' }] });
    const decided = story.all('task', { event: 'decided' }).filter(({ task }) => /clearance$|-review$/.test(task));
    const offered = story.all('handoff', { event: 'offered' }).at(-1);
    expect(decided.length).toBeGreaterThan(2);
    expect(story.all('handoff', { event: 'offered' })).toHaveLength(time);
    expect(offered?.at).toBe(decided.at(-1)?.at);
    expect(story.outcome).toBe('completed');
  });

  test('a partner who declines is followed by the next', async () => {
    const story = await tell({ people: [{ task: 'partner-offer', occurrence: 1, answer: 'declined' }] });
    expect(story.all('handoff').map(({ partner, event }) => `${partner} ${event}`)).toEqual([
      'partner-1 offered',
      'partner-1 declined',
      'partner-2 offered',
      'partner-2 accepted',
      'partner-2 continued',
    ]);
  });

  test('a partner who stays silent is followed by the next after the time that they had', async () => {
    const story = await tell({ people: [{ task: 'partner-offer', occurrence: 1, never: true }] });
    expect(story.all('handoff').map(({ event }) => event)).toEqual([
      'offered',
      'silent',
      'offered',
      'accepted',
      'continued',
    ]);
  });

  test('without a release nobody outside is asked, and the clinic’s own therapist serves', async () => {
    const story = await tell({ patient: { consents: { shareWithPartner: false } } });
    expect(story.all('handoff')).toEqual([]);
    expect(story.all('appointment', { appointment: 'integration', event: 'attended' })[0]?.practitioners).toEqual([
      'therapist-1',
    ]);
  });

  test('when every partner declines, the clinic’s own therapist serves', async () => {
    const story = await tell({ people: [{ task: 'partner-offer', answer: 'declined' }] });
    expect(story.all('handoff').map(({ event }) => event)).toEqual([
      'offered',
      'declined',
      'offered',
      'declined',
      'exhausted',
    ]);
    expect(story.outcome).toBe('completed');
  });

  test.each([
    ['withdraws', 'withdraw', ['offered', 'withdrawn']],
    ['dies', 'report-adverse-event', ['offered', 'withdrawn']],
  ])(
    'a practice that is being asked when the patient %s is told that it is not asked any more',
    async (_what, command, events) => {
      const story = await tell({
        people: [{ task: 'partner-offer', never: true }],
        commands: [
          {
            after: 'clearance',
            plus: 'PT1H',
            command,
            by: { role: 'coordinator' },
            data: command === 'withdraw' ? {} : { grade: 5 },
          },
        ],
      });
      expect(story.all('handoff').map(({ event }) => event)).toEqual(events);
      expect(story.one('message', { message: 'partner-withdrawn', event: 'sent' }).person).toBe('partner-1');
    },
  );

  test('a practice that was being asked when the journey was paused is asked again when it goes on', async () => {
    const by = { role: 'patient', id: 'patient' };
    const story = await tell({
      commands: [
        { after: 'clearance', plus: 'PT1H', command: 'pause', by },
        { after: 'clearance', plus: 'P10D', command: 'resume', by },
      ],
    });
    expect(story.all('handoff').map(({ partner, event }) => `${partner} ${event}`)).toEqual([
      'partner-1 offered',
      'partner-1 withdrawn',
      'partner-1 offered',
      'partner-1 accepted',
      'partner-1 continued',
    ]);
  });

  test.each([
    ['confirms it', {}, 'continued', 0],
    ['declines it', { answer: 'declined' }, 'declined', 1],
    ['stays silent', { never: true }, 'silent', 1],
  ])('a practice that the patient would go on with after the series %s', async (_what, rule, event, calls) => {
    const story = await tell({ people: [{ task: 'partner-offer', occurrence: 2, ...rule }] });
    expect(story.all('handoff').map((each) => each.event)).toEqual(['offered', 'accepted', event]);
    expect(story.all('message', { message: 'partner-continuation', event: 'sent' })[0]?.person).toBe('partner-1');
    const chosen = story.one('task', { task: 'continuing-care', event: 'decided' }).at;
    const called = story.all('task', { task: 'call-patient', event: 'opened' }).filter(({ at }) => at > chosen);
    expect(called).toHaveLength(calls);
    expect(story.outcome).toBe('completed');
  });
});

describe('A booking that a reviewer does not let pass', () => {
  const alone = { patient: { chaperone: 'none' } };
  const opened = (story: Awaited<ReturnType<typeof tell>>) =>
    story.all('task', { task: 'gate-review', event: 'opened' });

  test('is put to them again a day after each no, and the fourth no ends it', async () => {
    const story = await tell(alone);
    const noes = story.all('task', { task: 'gate-review', event: 'decided' });
    expect(noes.map(({ answer }) => answer)).toEqual(Array(4).fill('not-overridden'));
    expect(
      opened(story)
        .slice(1)
        .map((again, index) => hoursBetween(noes[index] ?? '', again)),
    ).toEqual([24, 24, 24]);
    expect(story.outcome).toBe('ineligible');
  });

  const by = (role: string, id: string) => ({ by: { role, id } });
  const named = {
    command: 'change-chaperone',
    ...by('patient', 'patient'),
    data: { chaperone: 'named', name: 'Kim', mobile: '+12065550177' },
  };
  const agreed = {
    command: 'override-gate',
    ...by('medical-director', 'medical-director-1'),
    reason: 'a relative waits in the car',
    data: { gate: 'booking', check: 'chaperone-confirmed' },
  };
  test.each([
    ['somebody is named after the no', { at: '2026-03-06T09:00:00-08:00', ...named }],
    ['somebody is named before the answer', { at: '2026-03-05T16:00:00-08:00', ...named }],
    ['the reviewer thinks better of it', { at: '2026-03-06T09:00:00-08:00', ...agreed }],
  ])('goes on at once when %s', async (_what, command) => {
    const story = await tell({ ...alone, commands: [command] });
    const passed = story.all('gate', { gate: 'booking', result: 'pass' })[0];
    expect(passed?.at).toBe(story.one('command').at);
    expect(opened(story).filter(({ at }) => at < (passed?.at ?? ''))).toHaveLength(1);
  });
});
