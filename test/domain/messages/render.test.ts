import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../functions/domain/messages/catalogue.ts';
import { parseCatalogue } from '../../../functions/domain/messages/problems.ts';
import {
  MessageTemplateMissing,
  MessageValueMissing,
  renderMessage,
} from '../../../functions/domain/messages/render.ts';
import { formatMoment } from '../../../functions/domain/messages/values.ts';
import english from '../../../programs/clinic/messages.en.json' with { type: 'json' };
import spanish from '../../../programs/clinic/messages.es.json' with { type: 'json' };

const en = parseCatalogue(english, 'en');
const es = parseCatalogue(spanish, 'es');
const values = {
  clinicName: 'Cedar Clinic',
  clinicPhone: '+12065550100',
  zone: 'America/Los_Angeles',
  startsAt: '2026-03-03T22:00:00.000Z',
};
const base = { catalogue: en, language: 'en', values } as const;

describe('an instant in a text', () => {
  it.each([
    ['en', 'America/Los_Angeles', '2026-03-03T22:00:00.000Z', 'Tue, Mar 3, 2:00 PM'],
    ['es', 'America/Los_Angeles', '2026-03-03T22:00:00.000Z', 'mar, 3 mar, 14:00'],
    ['en', 'America/New_York', '2026-03-03T22:00:00.000Z', 'Tue, Mar 3, 5:00 PM'],
    // The clocks go forward at 10:00 UTC on 8 March 2026 and back at 09:00 UTC on 1 November.
    ['en', 'America/Los_Angeles', '2026-03-08T09:59:00.000Z', 'Sun, Mar 8, 1:59 AM'],
    ['en', 'America/Los_Angeles', '2026-03-08T10:00:00.000Z', 'Sun, Mar 8, 3:00 AM'],
    ['es', 'America/Los_Angeles', '2026-11-01T09:00:00.000Z', 'dom, 1 nov, 01:00'],
    ['es', 'America/Los_Angeles', '2026-03-04T08:00:00.000Z', 'mié, 4 mar, 00:00'],
  ] as const)('reads in %s in %s as people read it', (language, zone, instant, text) => {
    expect(formatMoment(instant, language, zone)).toBe(text);
  });
});

describe('a message', () => {
  it('says who writes, when, and how to change it or opt out', () => {
    expect(renderMessage({ ...base, kind: 'reminder', channel: 'sms' })).toEqual({
      text: 'Cedar Clinic: your visit is Tue, Mar 3, 2:00 PM. Reply C to confirm or call 206-555-0100. Reply STOP to opt out.',
    });
  });

  it('is the same in Spanish', () => {
    expect(
      renderMessage({ catalogue: es, language: 'es', values, kind: 'appointment-cancelled', channel: 'sms' }).text,
    ).toBe(
      'Cedar Clinic: su cita del mar, 3 mar, 14:00 queda cancelada. Para otra hora llame al 206-555-0100. STOP para darse de baja.',
    );
  });

  it('is written in the SMS alphabet, whatever the language', () => {
    const { text } = renderMessage({ catalogue: es, language: 'es', values, kind: 'pause', channel: 'sms' });
    expect(text).toContain('sus citas estan en pausa');
  });

  it('greets by first name where it is known, and has a subject', () => {
    const { subject, text } = renderMessage({
      ...base,
      kind: 'booking-confirmation',
      variant: 'dosing',
      channel: 'email',
      values: { ...values, firstName: 'Ana', place: '12 Cedar Street' },
    });
    expect(subject).toBe('Your visit on Tue, Mar 3, 2:00 PM');
    expect(text).toMatch(/^Hello Ana,\n\nYour visit is booked for Tue, Mar 3, 2:00 PM at 12 Cedar Street\.\n/);
    expect(text).toMatch(/\nCedar Clinic\n206-555-0100$/);
    expect(renderMessage({ ...base, kind: 'booking-confirmation', channel: 'email' }).text).toMatch(/^Hello,\n/);
  });

  it.each([
    [{ place: '12 Cedar Street' }, '2:00 PM at 12 Cedar Street.'],
    [{ modality: 'remote' as const }, '2:00 PM by video.'],
    [{ modality: 'in-person' as const }, '2:00 PM.'],
    [{}, '2:00 PM.'],
  ])('says where as far as it knows: %j', (where, expected) => {
    const { text } = renderMessage({ ...base, kind: 'reminder', channel: 'email', values: { ...values, ...where } });
    expect(text).toContain(`Tue, Mar 3, ${expected}`);
  });

  it('opens a link where there is one, and offers the telephone in an e-mail and where there is none', () => {
    const form = { ...base, kind: 'form-request', variant: 'answer-measure', channel: 'sms' } as const;
    expect(renderMessage(form).text).toContain('Call 206-555-0100.');
    const linked = { ...form, values: { ...values, link: 'https://my.cedar.example/l/1' } };
    expect(renderMessage(linked).text).toContain('Open https://my.cedar.example/l/1. Reply STOP');
    expect(renderMessage({ ...linked, channel: 'email' }).text).toContain(
      'Open https://my.cedar.example/l/1 or call 206-555-0100;',
    );
  });

  it('tells staff what is to be done, until when, and its id', () => {
    const task = {
      ...values,
      taskKind: 'book-appointment',
      taskId: 'book-appointment-3',
      dueAt: values.startsAt,
    } as const;
    expect(renderMessage({ ...base, kind: 'task', channel: 'email', values: task })).toEqual({
      subject: 'Task for you, due Tue, Mar 3, 2:00 PM',
      text: "A patient's appointment is to be booked. Due Tue, Mar 3, 2:00 PM. Task book-appointment-3.\n\nCedar Clinic\n206-555-0100",
    });
  });

  it.each([
    [0, 0, 'No task is open. None is overdue.'],
    [1, 1, '1 task is open. 1 is overdue; please begin with it.'],
    [7, 2, '7 tasks are open. 2 are overdue; please begin with them.'],
  ])('counts %i open and %i overdue tasks', (count, overdue, expected) => {
    const { text } = renderMessage({
      ...base,
      kind: 'digest',
      channel: 'email',
      values: {
        ...values,
        digest: Array.from({ length: count }, (_, n) => ({
          part: n < overdue ? ('overdue' as const) : ('later' as const),
          kind: 'book-pair' as const,
          taskId: `j1-t${n}`,
          dueAt: '2026-03-03T22:00:00.000Z',
        })),
      },
    });
    expect(text).toContain(expected);
  });

  it('falls back from a variant to its kind', () => {
    const worded = renderMessage({ ...base, kind: 'day-before', variant: 'consult', channel: 'sms' });
    expect(worded).toEqual(renderMessage({ ...base, kind: 'day-before', channel: 'sms' }));
  });

  it('never falls back to a text for somebody else', () => {
    const { 'time-changed.pick-up': _, ...messages } = en.messages;
    const catalogue: Catalogue = { ...en, messages };
    expect(() =>
      renderMessage({ ...base, catalogue, kind: 'time-changed', variant: 'pick-up', channel: 'sms' }),
    ).toThrow(MessageTemplateMissing);
  });

  it('finds the chaperone the text that is theirs, and never the one for the patient', () => {
    const pickUp = { ...values, pickUpAt: values.startsAt };
    const changed = { ...base, kind: 'time-changed', channel: 'sms', values: pickUp } as const;
    const theirs = renderMessage({ ...changed, variant: 'pick-up' });
    expect(renderMessage({ ...changed, to: 'chaperone' })).toEqual(theirs);
    expect(renderMessage({ ...changed, variant: 'dosing', to: 'chaperone' })).toEqual(theirs);
    expect(() => renderMessage({ ...base, kind: 'reminder', channel: 'sms', to: 'chaperone' })).toThrow(
      'the en catalogue has no sms text for reminder to chaperone',
    );
  });

  it('takes the line of a task from the variant where the task itself is not given', () => {
    const { text } = renderMessage({
      ...base,
      kind: 'nudge',
      variant: 'dose-order',
      channel: 'sms',
      to: 'staff',
      values: { ...values, taskId: 't7', dueAt: values.startsAt },
    });
    expect(text).toBe(
      "Cedar Clinic: still open. An order for a patient's next visit is to be signed. Due Tue, Mar 3, 2:00 PM. Task t7.",
    );
  });

  it('names what is missing', () => {
    expect(() => renderMessage({ ...base, kind: 'digest', channel: 'call' })).toThrow(
      'the en catalogue has no call text for digest',
    );
    expect(() => renderMessage({ ...base, kind: 'chaperone-reminder', channel: 'sms' })).toThrow(
      new MessageValueMissing('chaperone-reminder', 'pickUpAt'),
    );
  });

  it('costs next to nothing once its text was compiled', () => {
    const message = { ...base, kind: 'reminder', variant: 'integration', channel: 'sms' } as const;
    for (let warm = 0; warm < 2_000; warm++) renderMessage(message);
    const began = performance.now();
    for (let round = 0; round < 5_000; round++) renderMessage(message);
    // 15 microseconds are the aim; the rest is room for a busy machine.
    expect((performance.now() - began) / 5_000).toBeLessThan(0.1);
  });
});
