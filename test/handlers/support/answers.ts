import type { FunctionName } from '../../../functions/contracts/deployment.ts';
import { answer } from './fakes.ts';

const carried = { seen: 4, round: 17 };
const gate = { follows: 'go-on', reviews: [], seconds: 1, ...carried };

/** What each function answers on a day on which everything goes on as planned. */
export const answers: Readonly<Record<FunctionName, Readonly<Record<string, unknown>>>> = {
  'begin-intake': {
    screeningAsks: [{ kind: 'answer-screening' }],
    clearanceAsks: [],
    planAsks: [{ kind: 'sign-consents' }],
    ...carried,
  },
  'open-task': { askId: 'book-pair-c3', seconds: 3600, ...carried },
  'wait-for-answer': {},
  'chase-task': { seconds: 3600 },
  'wait-until': {},
  'confirm-appointment': { follows: 'go-on', ...carried },
  'screen-patient': { follows: 'go-on', role: 'provider', ...carried },
  'check-gate': gate,
  'choose-partner': { choice: 'placed', partner: null, ...carried },
  'start-dose': gate,
  'plan-next-step': { follows: 'go-on', to: { machine: 'cycle', number: 4 }, question: null, ...carried },
  'begin-completion': { stage: 'finish', measures: [], opensAt: '', next: 2, ...carried },
  'settle-journey': { follows: 'done', seconds: 1, ...carried },
  'close-safety-event': {
    follows: 'done',
    decisionAsk: 'crisis-1:2',
    followUp: { kind: 'safety-follow-up', about: 'crisis-1:2' },
    ...carried,
  },
  'hand-over': { handedOver: true },
  'record-failure': { recorded: true },
  'request-consult': { accepted: true, journeyId: 'j3f9a0c1b2d4e' },
  'decide-task': { accepted: true, answer: 'booked', by: 'coordinator-1' },
  'take-task': { accepted: true, assignee: 'coordinator-1' },
  'post-command': { accepted: true, reason: null },
  'serve-api': { statusCode: 200, multiValueHeaders: {}, body: '{}', isBase64Encoded: false },
  'serve-notes': { statusCode: 200, multiValueHeaders: {}, body: '{}', isBase64Encoded: false },
  'work-outbox': { batchItemFailures: [] },
  'sweep-outbox': { done: 0, left: 0 },
  'send-message': {},
  'send-digests': { planned: 0, nextAt: null },
  'on-deadline': {},
  'on-message-event': { events: 0 },
  'send-webhooks': { batchItemFailures: [] },
  'watch-clinic': { overdueTasks: 0, unacknowledgedPages: 0, oldestOutboxItem: 0 },
  'on-execution-ended': { result: 'fine' },
  'reconcile-journeys': { looked: 0, replayed: 0, reported: 0 },
};

/** What a wait is released with on such a day. */
export const released = answer;
