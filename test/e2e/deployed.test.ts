import { setTimeout } from 'node:timers/promises';
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../functions/domain/journey/entry.ts';
import { namesOf } from '../../infra/names.ts';
import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';
import { deploy, NEW_STATE, nextVersion, STAGE } from './deployment.ts';
import { statesEntered } from './executions.ts';
import { begin } from './journey.ts';
import { operation } from './operations.ts';
import { outcomeOf, type Played, play, toOutcome } from './played.ts';
import { scenariosFor } from './scenarios.ts';
import { type Standing, stand, takeDown } from './standing.ts';

const MINUTE = 60_000;

const sentTexts = (entries: readonly TimelineEntry[], channel: 'email' | 'sms'): string[] =>
  entries.flatMap((entry) =>
    entry.kind === 'message' && entry.event === 'sent' && entry.channel === channel ? [entry.text ?? ''] : [],
  );

const asksForConsents = (entry: Entry): boolean =>
  entry.kind === 'task' && entry.task === 'sign-consents' && entry.event === 'opened';

const taskOf = (entry: Entry | undefined): string => (entry?.kind === 'task' ? entry.id : '');

/** A promise whose failure is told where it is awaited, and not before. */
const kept = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

describe('The stack, deployed on an emulator of AWS', () => {
  let standing: Standing | undefined;
  let scenarios: ReturnType<typeof scenariosFor>;
  const played: Partial<Record<keyof ReturnType<typeof scenariosFor>, Promise<Played>>> = {};

  const here = (): Standing => {
    if (standing === undefined) throw new Error('the stack is not deployed');
    return standing;
  };
  const playing = (name: keyof typeof played): Promise<Played> => {
    const found = played[name];
    if (found === undefined) throw new Error(`"${name}" is not being played`);
    return found;
  };

  beforeAll(async () => {
    standing = await stand({ iam: false });
    const { clinic, deployment } = standing;
    scenarios = scenariosFor(deployment);
    const first = await begin(clinic, scenarios.throughout);
    played.throughout = kept(toOutcome(first));
    // By then the functions have started, which on this one machine takes as long as a week of the program.
    await first.until('the end of the consult', (entry) => entry.kind === 'phase' && entry.event === 'left');
    for (const name of ['remindedAndMoved', 'inACrisis', 'declinedByAPartner', 'escalated'] as const)
      played[name] = kept(play(clinic, scenarios[name]));
  });

  afterAll(() => takeDown(standing));

  it('carries a journey from the consult to its outcome, and tells the same story as its rehearsal, entry by entry', async () => {
    const journey = await playing('throughout');
    expect(journey.refusals).toEqual([]);
    expect(outcomeOf(journey)).toBe('completed');
    expect(await journey.differences()).toEqual([]);
  });

  it('sends what the timeline says, word for word: every e-mail and every text can be read', async () => {
    const { entries } = await playing('throughout');
    const mails = (await here().clinic.mails()).map(({ BodyText }) => BodyText);
    const texts = (await here().clinic.texts()).map(({ text }) => text);
    const [mailed, texted] = [sentTexts(entries, 'email'), sentTexts(entries, 'sms')];
    expect(mailed.length).toBeGreaterThan(10);
    expect(texted.length).toBeGreaterThan(10);
    expect(mails).toEqual(expect.arrayContaining(mailed));
    expect(texts).toEqual(expect.arrayContaining(texted));
  });

  it('sends a calendar file with each e-mail that confirms a booking', async () => {
    // A visit within the day is confirmed by text to whoever can get one.
    const { entries } = await playing('declinedByAPartner');
    const told = entries.flatMap((entry) =>
      entry.kind === 'message' &&
      entry.event === 'sent' &&
      entry.channel === 'email' &&
      entry.message === 'booking-confirmation'
        ? [entry.text ?? '']
        : [],
    );
    const mails = await here().clinic.mails();
    const withFile = mails.filter(({ Type }) => Type === 'SendRawEmail').map(({ BodyText }) => BodyText);
    expect(told.length).toBeGreaterThan(0);
    expect(withFile).toEqual(expect.arrayContaining(told));
  });

  it('takes a decision that is delivered twice once', async () => {
    const { journeyId, entries } = await playing('throughout');
    const decided = entries.find((entry) => entry.kind === 'task' && entry.event === 'decided');
    if (decided?.kind !== 'task') throw new Error('no task was decided');
    const again = await here().clinic.decideTask({
      journeyId,
      taskId: decided.id,
      answer: decided.answer ?? '',
      by: { role: decided.role, id: decided.by ?? '' },
      data: {},
    });
    expect(again).toEqual({ accepted: true });
    expect(await here().clinic.events(journeyId)).toHaveLength(entries.length);
  });

  it('pages whoever is on call in a crisis, by text and e-mail at once, and closes it when it was acknowledged and followed up', async () => {
    const journey = await playing('inACrisis');
    const safety = journey.entries.flatMap((entry) => (entry.kind === 'safety' ? [entry.event] : []));
    expect(safety).toEqual(['opened', 'hold', 'paged', 'acknowledged', 'decided', 'followed-up', 'closed']);
    expect(await journey.differences()).toEqual([]);
  });

  it('offers a patient whom one practice declines to the next, and lets a patient withdraw', async () => {
    const journey = await playing('declinedByAPartner');
    const offers = journey.entries.flatMap((entry) => (entry.kind === 'handoff' ? [[entry.partner, entry.event]] : []));
    expect(offers).toEqual([
      ['partner-1', 'offered'],
      ['partner-1', 'declined'],
      ['partner-2', 'offered'],
      ['partner-2', 'accepted'],
    ]);
    expect(outcomeOf(journey)).toBe('withdrawn');
    expect(await journey.differences()).toEqual([]);
  });

  it('nudges whoever lets a task go by, and then asks the next rung of the ladder', async () => {
    const journey = await playing('escalated');
    const review = journey.entries.flatMap((entry) =>
      entry.kind === 'task' && entry.task === 'screening-review' ? [entry.event] : [],
    );
    expect(review).toEqual(['opened', 'nudged', 'escalated', 'decided']);
    expect(outcomeOf(journey)).toBe('ineligible');
    expect(await journey.differences()).toEqual([]);
  });

  it('goes on when a function failed and answers again', async () => {
    const { emulator, clinic } = here();
    const lambda = new LambdaClient({
      endpoint: emulator.url,
      region: emulator.environment.AWS_REGION,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const FunctionName = namesOf(STAGE).function('screen-patient');
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    const journey = await begin(clinic, scenarios.escalated);
    await journey.until(
      'the answers',
      (entry) => entry.kind === 'task' && entry.task === 'answer-screening' && entry.event === 'decided',
    );
    await setTimeout(1500);
    expect((await journey.timeline()).some(({ kind }) => kind === 'screening')).toBe(false);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    lambda.destroy();
    expect(await journey.until('the screening', ({ kind }) => kind === 'screening')).toMatchObject({
      disposition: 'review',
    });
    expect(await journey.until('the outcome', ({ kind }) => kind === 'outcome')).toMatchObject({
      outcome: 'ineligible',
    });
    const failures = (await journey.timeline()).filter(
      (entry) => entry.kind === 'task' && entry.task === 'resolve-failure',
    );
    expect(failures).toEqual([]);
  });

  it('sends a reminder when Scheduler says so, tells of an appointment that was moved, and calls it off when the patient withdraws', async () => {
    const journey = await playing('remindedAndMoved');
    const reminder = journey.entries.filter((entry) => entry.kind === 'message' && entry.message === 'reminder');
    expect(reminder.map((entry) => entry.kind === 'message' && entry.event)).toEqual(['planned', 'sent', 'delivered']);
    const [planned, sent] = reminder.map(({ at }) => Date.parse(at));
    expect(((sent ?? 0) - (planned ?? 0)) / MINUTE).toBeGreaterThan(2);
    expect(await journey.differences()).toEqual([]);
  });

  it('carries twenty journeys at once to their outcome, through an update that is deployed in the middle of them', async () => {
    const { emulator, deployment, clinic } = here();
    const all = await Promise.all(Array.from({ length: 20 }, () => begin(clinic, scenarios.unsigned)));
    const consents = await Promise.all(all.map((journey) => journey.until('the consents', asksForConsents)));
    deployment.changeClinic({ phone: '+12065550177' });
    deployment.addVersion();
    await deploy(emulator, deployment, nextVersion(deployment));
    const preview = operation(emulator, deployment, 'migrate', '--preview', '--to', '2', '--program', 'seconds-iv');
    expect(preview.status).toBe(0);
    for (const { journeyId } of all) expect(preview.said).toContain(`${journeyId} (plan, version 1)`);
    expect(preview.said).toContain('3 doses are planned, not 2');
    const refusing = { answer: 'refused', by: { role: 'patient', id: 'patient' }, data: {} } as const;
    for (const [at, { journeyId }] of all.entries()) {
      const taskId = taskOf(consents[at]);
      expect(await clinic.decideTask({ journeyId, taskId, ...refusing })).toMatchObject({ accepted: true });
    }
    const ended = await Promise.all(all.map(toOutcome));
    expect(ended.map(outcomeOf)).toEqual(Array(20).fill('declined'));
    for (const { entries } of ended) {
      const mails = sentTexts(entries, 'email');
      expect(mails.at(0)).toContain('206-555-0100');
      expect(mails.at(-1)).toContain('206-555-0177');
    }
    const later = await begin(clinic, scenarios.unsigned);
    const taskId = taskOf(await later.until('the consents', asksForConsents));
    expect(await statesEntered(emulator, later.journeyId)).toContain(NEW_STATE);
    expect(await clinic.decideTask({ journeyId: later.journeyId, taskId, ...refusing })).toMatchObject({
      accepted: true,
    });
    expect(outcomeOf(await toOutcome(later))).toBe('declined');
    for (const { journeyId } of ended.slice(0, 3))
      expect(await statesEntered(emulator, journeyId)).not.toContain(NEW_STATE);
    expect(clinic.clock.failures).toEqual([]);
  });

  it('is looked through by the doctor, who finds the clinic at work and says of each thing whether it is well', () => {
    const { emulator, deployment } = here();
    const { said } = operation(emulator, deployment, 'doctor');
    const findings = said.split('\n').filter((line) => line !== '' && !/^\d+ ok,/.test(line));
    for (const line of findings) expect(line).toMatch(/^(ok|to do|not known) +\S/);
    const statesOf = (check: string) =>
      findings.filter((line) => line.slice(11).startsWith(`${check}  `)).map((line) => line.slice(0, 9).trimEnd());
    for (const well of ['clock', 'e-mail account', 'outbox', 'versions in use', 'alarms', 'licences', 'webhooks'])
      expect([well, ...statesOf(well)]).toEqual([well, 'ok']);
    // Nobody has an account there.
    expect(said).toContain('nurse-1 has no account');
    expect(statesOf('firewall')).toHaveLength(1);
  });
});
