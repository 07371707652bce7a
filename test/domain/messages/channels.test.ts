import { describe, expect, it } from 'vitest';
import { channelOrder } from '../../../functions/domain/messages/channels.ts';
import { mustReach } from '../../../functions/domain/messages/occasions.ts';
import { MESSAGE_KINDS } from '../../../functions/domain/names.ts';

const reachable = {
  kind: 'reminder',
  consents: { sms: true, email: true },
  mobile: '+12065550123',
  email: 'a@example.org',
  optedOut: false,
} as const;

describe('the channels tried for a patient', () => {
  it.each([
    ['a reminder goes by SMS first', {}, ['sms', 'email']],
    ['what is to be read goes by e-mail first', { kind: 'education' }, ['email', 'sms']],
    ['without a mobile, by e-mail', { mobile: 'none' }, ['email']],
    ['without a known mobile, by e-mail', { mobile: null }, ['email']],
    ['without consent to texts, by e-mail', { consents: { sms: false, email: true } }, ['email']],
    ['consent that was never given is none', { consents: {} }, []],
    ['after STOP, by e-mail', { optedOut: true }, ['email']],
    ['after STOP also what concerns safety', { kind: 'home-safe', optedOut: true }, ['email']],
    ['STOP itself is confirmed by one text', { kind: 'stop-confirmation', optedOut: true }, ['sms', 'email']],
    ['without an e-mail address, by SMS', { email: 'none' }, ['sms']],
    ['after STOP and without e-mail there is none', { optedOut: true, email: 'none' }, []],
    ['the program may turn the order', { channels: ['email', 'sms', 'call'] }, ['email', 'sms']],
    ['a mobile that does not deliver is still tried', { mobile: 'undelivered' }, ['sms', 'email']],
  ] as const)('%s', (_, change, expected) => {
    expect(channelOrder({ ...reachable, ...change })).toEqual(expected);
  });
});

it('a person calls only for bookings and safety, and once at the start', () => {
  expect(MESSAGE_KINDS.filter(mustReach)).toEqual([
    'crisis-information',
    'home-safe',
    'check-in',
    'chaperone-changed',
    'welcome',
    'booking-confirmation',
    'time-changed',
    'appointment-cancelled',
  ]);
});
