import { describe, expect, it, vi } from 'vitest';
import { OutboxItem, outboxId } from '../../../functions/contracts/outbox.ts';
import { StaffTaskInput } from '../../../functions/contracts/run.ts';
import { carryOut } from '../../../functions/handlers/outbox/carry-out.ts';
import {
  InvalidToken,
  MessengerUnavailable,
  TaskDoesNotExist,
  TaskTimedOut,
} from '../../../functions/messengers/errors.ts';
import type { JourneyStore } from '../../../functions/stores/journey-store.ts';
import { answer, journeyId, outboxWorld } from '../support/fakes.ts';
import { refusalOf } from '../support/handlers.ts';

type Message = NonNullable<Awaited<ReturnType<JourneyStore['messageAt']>>>;

const messageId = 'reminder-patient-1-1-1';
const waitId = 'book-pair-c3';
const resume: OutboxItem = { kind: 'resume-wait', journeyId, waitId };

describe('Resuming a wait', () => {
  const released = async () => ({ token: 'token-1', answer });

  it('is done when nothing waits any more', async () => {
    const { deps, did } = outboxWorld({ releaseOf: async () => null });
    await expect(carryOut(deps)(resume)).resolves.toBe('done');
    expect(did).toEqual([]);
  });

  it('gives the answer to whoever waits, then notes that it was taken up', async () => {
    const takenUp = vi.fn(async () => true);
    const { deps, did } = outboxWorld({ releaseOf: released, takenUp });
    await expect(carryOut(deps)(resume)).resolves.toBe('struck');
    expect(did).toEqual([['succeed', 'token-1', answer]]);
    const { taskId } = answer;
    expect(takenUp.mock.calls).toEqual([[expect.objectContaining({ journeyId, waitId, token: 'token-1', taskId })]]);
  });

  it('is done, but not struck off with it, when another state waits by now', async () => {
    const { deps } = outboxWorld({ releaseOf: released, takenUp: async () => false });
    await expect(carryOut(deps)(resume)).resolves.toBe('done');
  });

  it.each([
    [new TaskTimedOut(), true],
    [new TaskTimedOut(), false],
    [new TaskDoesNotExist(), true],
    [new TaskDoesNotExist(), false],
  ])('after %s is done only if the store shows that the answer was taken up: %s', async (error, shown) => {
    const wasTakenUp = vi.fn(async () => shown);
    const { deps } = outboxWorld({ releaseOf: released, wasTakenUp });
    deps.workflows.succeed.mockRejectedValueOnce(error);
    await expect(carryOut(deps)(resume)).resolves.toBe(shown ? 'done' : 'pending');
    expect(wasTakenUp.mock.calls).toEqual([[expect.objectContaining({ journeyId, waitId, token: 'token-1' })]]);
  });

  it.each([new InvalidToken(), new MessengerUnavailable('SendTaskSuccess', { code: 'ThrottlingException' })])(
    'fails with %s, and nobody believes that the answer was taken up',
    async (error) => {
      const { deps } = outboxWorld({ releaseOf: released });
      deps.workflows.succeed.mockRejectedValueOnce(error);
      expect(await refusalOf(carryOut(deps)(resume))).toBe(error);
    },
  );
});

describe('Starting what an outbox row asks for', () => {
  it('starts a task that stands by itself, with the last signal and under a name that is taken once', async () => {
    const { deps, did } = outboxWorld({ lastSignal: async () => 7 });
    const line = 'answer-measure-phq9-week-2';
    const ask = { kind: 'answer-measure', about: 'phq9-week-2' } as const;
    await expect(carryOut(deps)({ kind: 'start-task', journeyId, epoch: 1, line, ask })).resolves.toBe('done');
    const input = { run: { journeyId, line, epoch: 1 }, ask, seen: 7 };
    expect(did).toEqual([['start', { machine: 'staff-task', name: `${journeyId}-${line}-1`, input }]]);
    expect(StaffTaskInput.parse(input)).toEqual(input);
  });

  it('starts the next execution of the main line under its machine, number and epoch', async () => {
    const { deps, did } = outboxWorld();
    const item = { kind: 'start-execution', journeyId, machine: 'cycle', number: 3, epoch: 2 } as const;
    await expect(carryOut(deps)(item)).resolves.toBe('done');
    const input = { run: { journeyId, line: 'main', epoch: 2 }, number: 3 };
    expect(did).toEqual([['start', { machine: 'cycle', name: `${journeyId}-cycle-3-2`, input }]]);
  });

  it('starts a safety event on a line of its own, which no stopped parent can stop', async () => {
    const { deps, did } = outboxWorld();
    await expect(
      carryOut(deps)({ kind: 'start-safety-event', journeyId, epoch: 1, eventId: 'crisis-1' }),
    ).resolves.toBe('done');
    const input = { run: { journeyId, line: 'safety-crisis-1', epoch: 1 }, eventId: 'crisis-1' };
    expect(did).toEqual([['start', { machine: 'safety-event', name: `${journeyId}-crisis-1-1`, input }]]);
  });

  it.each<OutboxItem>([
    { kind: 'start-task', journeyId, epoch: 1, line: 'call-patient-1', ask: { kind: 'call-patient', about: '1' } },
    { kind: 'start-execution', journeyId, machine: 'intake', number: 1, epoch: 1 },
    { kind: 'start-safety-event', journeyId, epoch: 1, eventId: 'crisis-1' },
  ])('is done when the name is taken already: $kind', async (item) => {
    const { deps } = outboxWorld({ lastSignal: async () => 0 });
    deps.workflows.start.mockResolvedValueOnce('already');
    await expect(carryOut(deps)(item)).resolves.toBe('done');
  });

  it('keeps names within the 80 characters that Step Functions takes', async () => {
    const { deps } = outboxWorld({ lastSignal: async () => 0 });
    const line = `call-patient-${'x'.repeat(100)}`;
    await carryOut(deps)({ kind: 'start-task', journeyId, epoch: 1, line, ask: { kind: 'call-patient' } });
    expect(deps.workflows.start.mock.calls[0]).toMatchObject([{ name: expect.stringMatching(/^[\w-]{1,80}$/) }]);
  });

  it('gives two starts of the same long line different names, by their ends', async () => {
    const { deps } = outboxWorld({ lastSignal: async () => 0 });
    const lines = ['one', 'two'].map((end) => `call-patient-${'x'.repeat(100)}-${end}`);
    for (const line of lines)
      await carryOut(deps)({ kind: 'start-task', journeyId, epoch: 1, line, ask: { kind: 'call-patient' } });
    const names = deps.workflows.start.mock.calls.map(([started]) => (started as { name: string }).name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name).toHaveLength(80);
      expect(name.split('-')[0]).toBe(journeyId);
    }
  });

  it('leaves a name of 80 characters as it is', async () => {
    const { deps } = outboxWorld({ lastSignal: async () => 0 });
    const line = 'x'.repeat(80 - `${journeyId}--1`.length);
    await carryOut(deps)({ kind: 'start-task', journeyId, epoch: 1, line, ask: { kind: 'call-patient' } });
    expect(deps.workflows.start.mock.calls[0]).toMatchObject([{ name: `${journeyId}-${line}-1` }]);
  });
});

describe('Planning a message', () => {
  const planned = { state: 'planned', sendAt: '2026-03-04T17:00:00.000Z', usefulUntil: '2026-03-04T20:00:00.000Z' };
  const item: OutboxItem = { kind: 'schedule-message', journeyId, messageId };
  const messageThat = (is: object) => async () => ({ ...planned, ...is }) as Message;

  it('plans its sending by ids alone, for as long as it is of use', async () => {
    const messageAt = vi.fn(messageThat({}));
    const { deps, did } = outboxWorld({ messageAt });
    await expect(carryOut(deps)(item)).resolves.toBe('done');
    expect(messageAt.mock.calls).toEqual([[{ journeyId, id: messageId }]]);
    const schedule = {
      name: `${journeyId}.${messageId}`,
      at: planned.sendAt,
      target: 'send-message',
      input: { journeyId, messageId },
      usefulForSeconds: 3 * 3600,
    };
    expect(did).toEqual([['put', schedule]]);
  });

  it.each([[null], ['2026-03-04T17:10:00.000Z'], ['2026-03-04T16:00:00.000Z']])(
    'gives it an hour at least when it is of use until %s',
    async (usefulUntil) => {
      const { deps } = outboxWorld({ messageAt: messageThat({ usefulUntil }) });
      await carryOut(deps)(item);
      expect(deps.schedules.put.mock.calls[0]).toMatchObject([{ usefulForSeconds: 3600 }]);
    },
  );

  it.each(['sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'])(
    'plans nothing for one that is %s by now',
    async (state) => {
      const { deps, did } = outboxWorld({ messageAt: messageThat({ state }) });
      await expect(carryOut(deps)(item)).resolves.toBe('done');
      expect(did).toEqual([]);
    },
  );

  it('plans nothing for one that is gone', async () => {
    const { deps, did } = outboxWorld({ messageAt: async () => undefined });
    await expect(carryOut(deps)(item)).resolves.toBe('done');
    expect(did).toEqual([]);
  });

  it('takes a schedule back by its name', async () => {
    const { deps, did } = outboxWorld();
    await expect(carryOut(deps)({ kind: 'drop-schedule', journeyId, name: 'j1.reminder' })).resolves.toBe('done');
    expect(did).toEqual([['remove', 'j1.reminder']]);
  });
});

describe('Carrying the rest out', () => {
  it.each([
    ['is done with one that is not to be sent any more', 'none', 'done'],
    ['lets one stay pending that somebody else is sending', 'busy', 'pending'],
  ] as const)('claims a message that is due now, and %s', async (_case, claim, done) => {
    const claimMessage = vi.fn(async () => ({ claim }));
    const { deps } = outboxWorld({ claimMessage });
    await expect(carryOut(deps)({ kind: 'send-message', journeyId, messageId })).resolves.toBe(done);
    expect(claimMessage.mock.calls).toEqual([[{ journeyId, messageId }]]);
  });

  it.each([
    ['main', 'replayed'],
    ['safety-crisis-1', 'replayed'],
    ['main', 'fine'],
  ] as const)('replays a line, %s, from the epoch that failed, or finds nothing to do (%s)', async (line, replayed) => {
    const replay = vi.fn(async () => replayed);
    const { deps } = outboxWorld({ replay });
    await expect(carryOut(deps)({ kind: 'replay', journeyId, line, failedEpoch: 2 })).resolves.toBe('done');
    expect(replay.mock.calls).toEqual([[{ journeyId, line, failedEpoch: 2 }]]);
  });

  it('plans an appointment’s messages anew by its revision', async () => {
    const replanAppointment = vi.fn(async () => undefined);
    const { deps } = outboxWorld({ replanAppointment });
    const item = { kind: 'replan-appointment', journeyId, appointmentId: 'dosing-3', revision: 2 } as const;
    await expect(carryOut(deps)(item)).resolves.toBe('struck');
    expect(replanAppointment.mock.calls).toEqual([[item]]);
  });

  it.each([
    ['keeps a schedule for a deadline that lies ahead', '2027-03-02T17:00:00.000Z', 'put'],
    ['takes the schedule of a deadline away that nothing waits for any more', null, 'remove'],
  ] as const)('%s', async (_case, at, act) => {
    const { deps, did } = outboxWorld({ keepDeadline: async () => ({ at }) });
    const name = `${journeyId}.longest-pause`;
    await carryOut(deps)({ kind: 'keep-deadline', journeyId, deadline: 'longest-pause' });
    expect(did).toMatchObject([[act, at === null ? name : { name, at, target: 'on-deadline' }]]);
  });

  it('publishes what happened under an id that is unique beyond the journey', async () => {
    const { deps, did } = outboxWorld();
    const at = '2026-03-02T16:59:59.000Z';
    await carryOut(deps)({ kind: 'publish-event', journeyId, event: 'journey-ended', at, id: 'e42' });
    expect(did).toEqual([['publish', [{ kind: 'journey-ended', journeyId, at, id: `${journeyId}-e42` }]]]);
  });

  const away = new MessengerUnavailable('call', { code: 'ServiceUnavailable' });
  const failing = async () => Promise.reject(away);
  it.each<OutboxItem>([
    resume,
    { kind: 'start-task', journeyId, epoch: 1, line: 'call-patient-1', ask: { kind: 'call-patient' } },
    { kind: 'start-execution', journeyId, machine: 'intake', number: 1, epoch: 1 },
    { kind: 'start-safety-event', journeyId, epoch: 1, eventId: 'crisis-1' },
    { kind: 'replay', journeyId, line: 'main', failedEpoch: 1 },
    { kind: 'send-message', journeyId, messageId },
    { kind: 'schedule-message', journeyId, messageId },
    { kind: 'drop-schedule', journeyId, name: 'j1.reminder' },
    { kind: 'keep-deadline', journeyId, deadline: 'longest-pause' },
    {
      kind: 'rebook-absence',
      journeyId,
      practitioner: 'nurse-1',
      from: '2026-03-02T16:59:59.000Z',
      to: '2026-03-03T16:59:59.000Z',
    },
    { kind: 'replan-appointment', journeyId, appointmentId: 'dosing-3', revision: 2 },
    { kind: 'publish-event', journeyId, event: 'journey-ended', at: '2026-03-02T16:59:59.000Z', id: 'e42' },
  ])('fails as its port fails, so that $kind stays pending', async (item) => {
    const { deps } = outboxWorld({
      releaseOf: failing,
      lastSignal: async () => 0,
      replay: failing,
      claimMessage: failing,
      messageAt: failing,
      keepDeadline: failing,
      rebookAbsence: failing,
      replanAppointment: failing,
    });
    deps.workflows.start.mockRejectedValueOnce(away);
    deps.schedules.remove.mockRejectedValueOnce(away);
    deps.events.publish.mockRejectedValueOnce(away);
    expect(await refusalOf(carryOut(deps)(item))).toBe(away);
  });

  it('knows every kind of item, and each has a row of its own', () => {
    const kinds = OutboxItem.options.map(({ shape }) => shape.kind.value);
    expect(new Set(kinds).size).toBe(12);
    expect(outboxId(resume)).toBe(outboxId({ ...resume }));
    expect(outboxId({ kind: 'send-message', journeyId, messageId })).not.toBe(
      outboxId({ kind: 'schedule-message', journeyId, messageId }),
    );
  });
});
