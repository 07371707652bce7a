import { MessageRejected, SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { sesEmail } from '../../functions/messengers/email.ts';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../functions/messengers/errors.ts';
import { VISIT } from '../support/visit.ts';

const ses = mockClient(SESClient);
const email = sesEmail({ from: 'Cedar Clinic <care@cedar.example>', configurationSet: 'clinic' });
const mail = {
  to: 'ana@example.org',
  subject: 'Your visit',
  text: 'Tue, Mar 3',
  journeyId: 'j1',
  messageId: 'reminder-patient-2-1-1',
  now: '2026-03-02T17:00:00.000Z',
};

beforeEach(() => ses.reset());

const failing = (name: string, more: object = {}) => Object.assign(new Error('ana@example.org'), { name, ...more });

describe('an e-mail', () => {
  it('asks SES for exactly this', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
    await expect(email.send(mail)).resolves.toEqual({ providerMessageId: 'ses-1' });
    expect(ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input)).toEqual([
      {
        Source: 'Cedar Clinic <care@cedar.example>',
        Destination: { ToAddresses: ['ana@example.org'] },
        Message: {
          Subject: { Data: 'Your visit', Charset: 'UTF-8' },
          Body: { Text: { Data: 'Tue, Mar 3', Charset: 'UTF-8' } },
        },
        ConfigurationSetName: 'clinic',
        Tags: [
          { Name: 'journeyId', Value: 'j1' },
          { Name: 'messageId', Value: 'reminder-patient-2-1-1' },
        ],
      },
    ]);
  });

  it('is tried once by the SDK, since SES has no idempotency token', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
    await email.send(mail);
    const client = ses.send.thisValues[0] as SESClient;
    await expect(client.config.maxAttempts()).resolves.toBe(1);
  });

  const server = { $fault: 'server', $metadata: { httpStatusCode: 500 } };
  it.each([
    [failing('Throttling', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), SendingThrottled],
    [failing('TooManyRequests', { $fault: 'client', $metadata: { httpStatusCode: 429 } }), SendingThrottled],
    [new MessageRejected({ message: 'Email address is not verified: ana@example.org', $metadata: {} }), MessageRefused],
    [failing('MailFromDomainNotVerifiedException', { $fault: 'client' }), MessageRefused],
    [failing('InternalFailure', server), SendingUnknown],
    [failing('ServiceUnavailable', { $fault: 'client', $metadata: { httpStatusCode: 503 } }), SendingUnknown],
    [failing('TimeoutError'), SendingUnknown],
    [failing('ECONNRESET'), SendingUnknown],
  ])('tells %s as it is, once, and without the address', async (error, kind) => {
    ses.on(SendEmailCommand).rejects(error);
    const failure = await email.send(mail).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ messageId: mail.messageId, code: error.name });
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}${(failure as Error).cause}`).not.toContain('ana@');
    expect(ses.calls()).toHaveLength(1);
  });

  it('may be sent again after a throttle', async () => {
    ses
      .on(SendEmailCommand)
      .rejectsOnce(failing('Throttling', { $fault: 'client' }))
      .resolves({ MessageId: 'ses-2' });
    await expect(email.send(mail)).rejects.toThrow(SendingThrottled);
    await expect(email.send(mail)).resolves.toEqual({ providerMessageId: 'ses-2' });
  });

  it('counts as unknown when the answer names no message', async () => {
    ses.on(SendEmailCommand).resolves({});
    await expect(email.send(mail)).rejects.toThrow(SendingUnknown);
  });

  it.each([{ messageId: 'j1#2' }, { journeyId: 'j.1' }])('needs ids that a tag can hold, not %j', async (wrong) => {
    await expect(email.send({ ...mail, ...wrong })).rejects.toThrow(MessageRefused);
    expect(ses.calls()).toHaveLength(0);
  });
});

describe('an e-mail about a visit', () => {
  const visit = { ...VISIT, sequence: 1 };
  const sent = async (more: object) => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
    await expect(email.send({ ...mail, visit, ...more })).resolves.toEqual({ providerMessageId: 'ses-1' });
    const [input] = ses.commandCalls(SendRawEmailCommand).map((call) => call.args[0].input);
    const raw = Buffer.from(input?.RawMessage?.Data ?? []).toString();
    return { input, raw, parsed: await PostalMime.parse(raw) };
  };

  it('goes as text and calendar file in one mail, with what names it in delivery events', async () => {
    const { input, parsed, raw } = await sent({});
    expect(input).toMatchObject({
      Source: 'Cedar Clinic <care@cedar.example>',
      Destinations: ['ana@example.org'],
      ConfigurationSetName: 'clinic',
      Tags: [
        { Name: 'journeyId', Value: 'j1' },
        { Name: 'messageId', Value: 'reminder-patient-2-1-1' },
      ],
    });
    expect(parsed).toMatchObject({
      from: { name: 'Cedar Clinic', address: 'care@cedar.example' },
      to: [{ address: 'ana@example.org' }],
      subject: 'Your visit',
    });
    expect(parsed.text?.trim()).toBe('Tue, Mar 3');
    expect(parsed.attachments).toMatchObject([{ mimeType: 'text/calendar', method: 'REQUEST' }]);
    const part = /text\/calendar.*?\r\n\r\n(.*?)\r\n--/s.exec(raw)?.[1] ?? '';
    const calendar = new ICAL.Component(ICAL.parse(Buffer.from(part, 'base64').toString()));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstSubcomponent('vevent')?.getFirstPropertyValue('sequence')).toBe(1);
  });

  it('has sender and subject in its head as they are where they can be, which filters against spam like better', async () => {
    const { raw } = await sent({ subject: 'Your visit on Tue, Mar 3, 2:00 PM' });
    expect(raw.split('\r\n').slice(0, 3)).toEqual([
      'From: Cedar Clinic <care@cedar.example>',
      'To: ana@example.org',
      'Subject: Your visit on Tue, Mar 3, 2:00 PM',
    ]);
  });

  it('names the software nowhere: whoever looked it up would know what kind of clinic writes', async () => {
    const { raw } = await sent({});
    const parts = [...raw.matchAll(/\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/g)].map(([, part = '']) =>
      Buffer.from(part, 'base64').toString(),
    );
    expect(parts).toHaveLength(2);
    expect(`${raw}${parts.join('')}`).not.toMatch(/throughline/i);
  });

  it('tells calendars to take a cancelled visit out', async () => {
    const { parsed } = await sent({ visit: { ...visit, cancelled: true } });
    expect(parsed.attachments).toMatchObject([{ method: 'CANCEL' }]);
  });

  it.each([
    ['a long subject in Spanish', { subject: `Su cita cambió de hora: ${'mañana '.repeat(20)}` }],
    ['a subject that would be a header of its own', { subject: 'Visit\r\nBcc: eve@example.org' }],
    ['a subject that looks encoded', { subject: '=?UTF-8?Q?Visit?=' }],
    ['a text that would end its part', { text: 'a\r\n--visit-part--\r\nb' }],
  ])('carries %s unharmed', async (_what, more) => {
    const { parsed, raw } = await sent(more);
    const { subject, text } = { ...mail, ...more };
    expect(parsed.headers.map(({ key }) => key).toSorted()).toEqual(
      ['content-type', 'from', 'mime-version', 'subject', 'to'].toSorted(),
    );
    expect(parsed.subject?.trim().replaceAll(/\s+/g, ' ')).toBe(subject.trim().replaceAll(/\s+/g, ' '));
    expect(parsed.text?.trim().replaceAll('\r\n', '\n')).toBe(text.replaceAll('\r\n', '\n'));
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
  });

  it.each(['a@example.org\r\nBcc: eve@example.org', 'a@example.org,eve@example.org', 'A <a@example.org>'])(
    'is refused where the address is %j, and nothing is sent',
    async (to) => {
      await expect(email.send({ ...mail, visit, to })).rejects.toMatchObject({
        name: 'MessageRefused',
        code: 'InvalidAddress',
      });
      expect(ses.calls()).toHaveLength(0);
    },
  );
});
