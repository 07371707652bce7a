import { EventType } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/events/on-message-event.ts';
import { journeyId, journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const name = { journeyId, messageId: 'reminder-patient-1-1-1' };

const ses = (eventType: string, tags: unknown = { journeyId: [name.journeyId], messageId: [name.messageId] }) => ({
  source: 'aws.ses',
  'detail-type': 'Email Sent',
  detail: { eventType, mail: { destination: ['ana@example.org'], tags } },
});

const sns = (...messages: readonly unknown[]) => ({
  Records: messages.map((message) => ({ EventSource: 'aws:sns', Sns: { Message: message } })),
});
const sms = (eventType: string, more: object = { isFinal: true }) =>
  JSON.stringify({ eventType, destinationPhoneNumber: '+12065550123', context: name, ...more });

const told = async (event: unknown) => {
  const recordDelivery = vi.fn(async (_event: unknown) => undefined);
  const measure = vi.fn();
  const answer = await call(step, { journeys: journeysThat({ recordDelivery }), measure }, event);
  return {
    answer,
    measured: measure.mock.calls.flat(),
    recorded: recordDelivery.mock.calls.map(([recorded]) => recorded),
  };
};

describe('A carrier’s event', () => {
  it.each([
    ['Delivery', ses],
    ['TEXT_DELIVERED', (word: string) => sns(sms(word))],
  ] as const)('%s tells that the message was delivered', async (word, event) => {
    await expect(told(event(word))).resolves.toEqual({
      answer: { events: 1 },
      measured: [],
      recorded: [{ ...name, event: 'delivered', reason: null }],
    });
  });

  it.each(['Bounce', 'Reject', 'Complaint', 'Rendering Failure'])(
    'of SES, %s, tells that it never will be, by its word alone',
    async (word) => {
      const { recorded, measured } = await told(ses(word));
      expect(recorded).toEqual([{ ...name, event: 'failed', reason: word }]);
      expect(measured).toEqual([{ FailedSends: 1 }]);
    },
  );

  it.each([
    'TEXT_UNREACHABLE',
    'TEXT_PROTECT_BLOCKED',
    'TEXT_BLOCKED',
    'TEXT_CARRIER_BLOCKED',
    'TEXT_CARRIER_UNREACHABLE',
    'TEXT_INVALID',
    'TEXT_INVALID_MESSAGE',
    'TEXT_SPAM',
    'TEXT_TTL_EXPIRED',
    'TEXT_UNKNOWN',
  ])('of the SMS service, %s, tells that it never will be', async (word) => {
    const { recorded } = await told(sns(sms(word)));
    expect(recorded).toEqual([{ ...name, event: 'failed', reason: word }]);
  });

  it.each(['Send', 'DeliveryDelay', 'Open', 'Click', 'Subscription', 'delivery', '', 'Ana Souza'])(
    'of SES with the word %j says nothing yet',
    async (word) => expect(told(ses(word))).resolves.toEqual({ answer: { events: 0 }, measured: [], recorded: [] }),
  );

  it.each(['TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_SENT', 'TEXT_SUCCESSFUL', 'VOICE_COMPLETED', ''])(
    'of the SMS service with the word %j says nothing yet',
    async (word) =>
      expect(told(sns(sms(word)))).resolves.toEqual({ answer: { events: 0 }, measured: [], recorded: [] }),
  );

  it('may bring what somebody texted, beside reports', async () => {
    const heedText = vi.fn(async (_text: unknown) => ({ known: 1, word: 'stop' as const }));
    const recordDelivery = vi.fn(async (_event: unknown) => undefined);
    const text = {
      originationNumber: '+12065550123',
      destinationNumber: '+12065550100',
      messageKeyword: 'KEYWORD_206',
      messageBody: 'Stop.',
      inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
    };
    const event = sns(JSON.stringify(text), sms('TEXT_DELIVERED'));
    const journeys = journeysThat({ heedText, recordDelivery });
    await expect(call(step, { journeys, measure: vi.fn() }, event)).resolves.toEqual({ events: 2 });
    expect(heedText.mock.calls).toEqual([[{ id: text.inboundMessageId, from: '+12065550123', text: 'Stop.' }]]);
    expect(recordDelivery).toHaveBeenCalledTimes(1);
  });

  it('may be several at once, in order, the undecided ones left out', async () => {
    const { answer, recorded } = await told(sns(sms('TEXT_SENT'), sms('TEXT_BLOCKED'), sms('TEXT_DELIVERED')));
    expect(answer).toEqual({ events: 2 });
    expect(recorded).toMatchObject([{ event: 'failed' }, { event: 'delivered' }]);
  });

  it('fails when it could not be written down, so that it is delivered again', async () => {
    const recordDelivery = async () => Promise.reject(new Error('the table is away'));
    const deps = { journeys: journeysThat({ recordDelivery }), measure: vi.fn() };
    const error = await refusalOf(call(step, deps, ses('Bounce')));
    expect(error.message).toBe('the table is away');
  });

  it.each<[string, unknown]>([
    ['an e-mail without our tags', ses('Bounce', { 'ses:from-domain': ['cedar.example'] })],
    ['an e-mail of two journeys', ses('Bounce', { journeyId: ['j1', 'j2'], messageId: ['m1'] })],
    ['another service', { ...ses('Bounce'), source: 'aws.sns' }],
    ['no text', sns({ eventType: 'TEXT_DELIVERED' })],
  ])('is refused when it is of %s', async (_case, event) => {
    const error = await refusalOf(told(event));
    expect(error).toMatchObject({ name: 'BadInput' });
    expect(error.message).not.toMatch(/j1|cedar|DELIVERED/);
  });

  it.each([
    ['no JSON', 'Ana Souza, +12065550123'],
    ['no context', JSON.stringify({ eventType: 'TEXT_DELIVERED', destinationPhoneNumber: '+12065550123' })],
  ])('is refused as BadInput, by paths only, when its text holds %s', async (_case, message) => {
    const error = await refusalOf(told(sns(message)));
    expect(error.name).toBe('BadInput');
    expect(error.message).not.toMatch(/Ana|1206/);
    expect(`${JSON.stringify(error)}${String(error.cause)}`).not.toMatch(/Ana|1206/);
  });

  // SNS hands Lambda one notification at a time, so a text that cannot be read has no others beside it.
  it('is refused before anything is written down when one of several texts cannot be read', async () => {
    const recordDelivery = vi.fn(async () => undefined);
    const several = sns(sms('TEXT_BLOCKED'), 'no JSON');
    const error = await refusalOf(
      call(step, { journeys: journeysThat({ recordDelivery }), measure: vi.fn() }, several),
    );
    expect(error.name).toBe('BadInput');
    expect(recordDelivery).not.toHaveBeenCalled();
  });

  it.each(['TEXT_UNREACHABLE', 'TEXT_BLOCKED', 'TEXT_CARRIER_UNREACHABLE'])(
    'of the SMS service, %s, says nothing while the carrier still tries',
    async (word) =>
      expect(told(sns(sms(word, { isFinal: false })))).resolves.toEqual({
        answer: { events: 0 },
        measured: [],
        recorded: [],
      }),
  );

  it('of an arrival counts also where the service does not call it final', async () => {
    const { recorded } = await told(sns(sms('TEXT_DELIVERED', { isFinal: false })));
    expect(recorded).toEqual([{ ...name, event: 'delivered', reason: null }]);
  });

  it('of a failure that does not say whether it is final is taken for the end', async () => {
    const { recorded } = await told(sns(sms('TEXT_BLOCKED', {})));
    expect(recorded).toEqual([{ ...name, event: 'failed', reason: 'TEXT_BLOCKED' }]);
  });

  it.each(['constructor', 'toString', 'valueOf', '__proto__'])(
    'with the word %s, which every object knows, says nothing',
    async (word) => {
      for (const event of [ses(word), sns(sms(word))])
        await expect(told(event)).resolves.toEqual({ answer: { events: 0 }, measured: [], recorded: [] });
    },
  );

  it('has a meaning for every word of the SMS service that is an end', async () => {
    const underWay = ['TEXT_ALL', 'TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_SENT', 'TEXT_SUCCESSFUL'];
    const ends = Object.values(EventType).filter((word) => word.startsWith('TEXT_') && !underWay.includes(word));
    const unheard: string[] = [];
    for (const word of ends) if ((await told(sns(sms(word)))).answer.events === 0) unheard.push(word);
    expect(unheard).toEqual([]);
  });
});
