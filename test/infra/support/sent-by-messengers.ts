import { sesEmail } from '../../../functions/messengers/email.ts';
import { busEvents } from '../../../functions/messengers/events.ts';
import { schedulerSchedules } from '../../../functions/messengers/schedules.ts';
import { voiceSms } from '../../../functions/messengers/sms.ts';
import { stepFunctions } from '../../../functions/messengers/workflows.ts';
import { VISIT } from '../../support/visit.ts';

const message = { text: 'See you Tuesday', journeyId: 'j1', messageId: 'reminder-1', now: '2026-03-02T17:00:00.000Z' };
const email = sesEmail({ from: 'Cedar Clinic <care@cedar.example>', configurationSet: 'clinic' });
const sms = voiceSms({ originationIdentity: 'pool', configurationSet: 'clinic' });
const schedules = schedulerSchedules({
  group: 'reminders',
  roleArn: 'arn:aws:iam::1:role/schedules',
  deadLetterArn: 'arn:aws:sqs:us-west-2:1:late',
  targets: { 'send-message': 'arn:aws:lambda:us-west-2:1:function:send-message' },
});
const workflows = stepFunctions({ machines: { intake: 'arn:aws:states:us-west-2:1:stateMachine:intake:live' } });
const events = busEvents({ busName: 'clinic', source: 'throughline', pauses: [0, 0] });
const intake = { machine: 'intake', name: 'j1-intake-1' };

/** Every kind of call that the messengers make, each once. */
const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  mail: () => email.send({ ...message, to: 'ana@example.org', subject: 'Your visit' }),
  calendar: () => email.send({ ...message, to: 'ana@example.org', subject: 'Your visit', visit: VISIT }),
  text: () => sms.send({ ...message, to: '+12065550123', usefulUntil: '2026-03-03T17:00:00.000Z' }),
  schedule: () =>
    schedules.put({
      name: 'reminder-1',
      at: '2026-03-03T17:00:00.000Z',
      target: 'send-message',
      input: { journeyId: 'j1' },
      usefulForSeconds: 3_600,
    }),
  unschedule: () => schedules.remove('reminder-1'),
  start: () => workflows.start({ ...intake, input: { journeyId: 'j1' } }),
  succeed: () => workflows.succeed('token', { accepted: true }),
  status: () => workflows.status(intake),
  event: () => events.publish([{ kind: 'journey-begun', journeyId: 'j1', at: '2026-03-02T17:00:00.000Z', id: 'e1' }]),
};

/** What came of each call, one after the other, so that what is sent is in the same order each time. */
export const sent = async (): Promise<Record<string, unknown>> => {
  const came: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(CALLS)) came[name] = await call().catch((error: unknown) => String(error));
  return came;
};
