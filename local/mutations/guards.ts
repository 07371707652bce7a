import type { Guard } from './guard.ts';

const JOURNEY = 'functions/stores/journey';

/** The guards, in the order of the invariants that they keep. */
export const GUARDS: readonly Guard[] = [
  {
    id: 'clearance-voided',
    invariant: 1,
    keepsFrom: 'a dose under a clearance that a new finding has voided',
    pieces: [{ file: 'functions/domain/gates/standing.ts', source: 'each.voidedAt === null &&', off: '' }],
  },
  {
    id: 'preparation-complete',
    invariant: 1,
    keepsFrom: 'a dose for somebody who has not been prepared',
    pieces: [
      {
        file: 'functions/domain/gates/standing.ts',
        source: 'journey.preparedAt !== null && journey.preparations >= program.preparation.sessions;',
        off: 'true;',
      },
    ],
    instead: {
      file: 'test/domain/gates/each-line.test.ts',
      test: 'without preparation-complete',
      because: 'the machines wait for it before they come to the gate, which is the second look',
    },
  },
  {
    id: 'consents-in-force',
    invariant: 1,
    keepsFrom: 'a dose without a consent that the program asks for',
    pieces: [
      {
        file: 'functions/domain/gates/standing.ts',
        source:
          'scene.journey.consentsSignedAt !== null && consentsNeeded(scene).every((consent) => scene.journey.consents[consent]);',
        off: 'consentsNeeded(scene).length >= 0;',
      },
    ],
    instead: {
      file: 'test/domain/gates/each-line.test.ts',
      test: 'without consents-in-force',
      because: 'the machines wait for it before they come to the gate, which is the second look',
    },
  },
  {
    id: 'no-hold',
    invariant: 1,
    keepsFrom: 'a dose that is booked while the journey is held',
    pieces: [
      {
        file: 'functions/domain/gates/booking-checks.ts',
        source: "'no-hold': ({ journey }) => passIf(journey.holds.length === 0, HOLD),",
        off: "'no-hold': () => PASS,",
      },
    ],
    instead: {
      file: 'test/domain/gates/each-line.test.ts',
      test: 'without no-hold',
      because: 'whatever places a hold takes the booking under way back, and the dosing day asks again',
    },
  },
  {
    id: 'debt-before-next-dose',
    invariant: 1,
    keepsFrom: 'the next dose while the integration of the last one is owed',
    pieces: [
      {
        file: 'functions/domain/gates/standing.ts',
        source: 'scene.program.integration.requiredBeforeNextDose && otherCycles(scene).some(isOwed);',
        off: 'otherCycles(scene).filter(isOwed).length < 0;',
      },
    ],
    instead: {
      file: 'test/domain/gates/each-line.test.ts',
      test: 'without integration-owed',
      because: 'the machines wait for it before they come to the gate, which is the second look',
    },
  },
  {
    id: 'spacing',
    invariant: 1,
    keepsFrom: 'doses that follow one another too soon',
    pieces: [
      {
        file: 'functions/domain/gates/standing.ts',
        source: 'notBefore === undefined || at >= notBefore;',
        off: 'notBefore === undefined || at !== "";',
      },
      {
        file: 'functions/domain/booking/spacing.ts',
        source: 'nearby.find(({ after, before }) => at > after && at < before)?.why;',
        off: 'nearby.find(({ after }) => at === "" && after === "")?.why;',
      },
    ],
  },
  {
    id: 'integration-window',
    invariant: 1,
    keepsFrom: 'a dose whose integration is booked outside its window',
    pieces: [
      {
        file: 'functions/domain/booking/integration-slot.ts',
        source: 'const from = Math.max(opens, notBefore);',
        off: 'const from = Math.max(doseEnd, notBefore, opens - 80_000_000);',
      },
      {
        file: 'functions/domain/gates/booking-checks.ts',
        source: 'startsAt >= plusLocal(endsAt, opens, clinic.zone) &&',
        off: 'opens.length > 0 &&',
      },
    ],
  },
  {
    id: 'overdue-watch',
    invariant: 2,
    keepsFrom: 'an integration that nobody misses once its window has closed',
    pieces: [
      {
        file: `${JOURNEY}/debts.ts`,
        source:
          "keepDebt(desk, cycle, { state: 'overdue' });\n  desk.note(cycle.journeyId, { kind: 'debt', cycle: cycle.number, event: 'overdue' });",
        off: '',
      },
    ],
  },
  {
    id: 'quiet-hours',
    invariant: 3,
    keepsFrom: 'a text in the middle of the patient’s night',
    pieces: [
      {
        file: 'functions/domain/time/sending-hours.ts',
        source: 'return clock >= sending[0] && clock < sending[1];',
        off: 'return clock.length > 0;',
      },
    ],
  },
  {
    id: 'opt-out',
    invariant: 3,
    keepsFrom: 'a text to somebody who has sent STOP',
    pieces: [
      { file: 'functions/domain/ledger/before-sending.ts', source: 'journey.smsStopped &&', off: 'false &&' },
      {
        file: 'functions/domain/ledger/plan-message.ts',
        source: 'optedOut: journey.smsStopped,',
        off: 'optedOut: false,',
      },
      {
        file: `${JOURNEY}/claim-message.ts`,
        source: "((await saidStop(desk, message, to)) ? 'opted-out' : undefined) ??",
        off: '',
      },
    ],
  },
  {
    id: 'consent-to-channel',
    invariant: 3,
    keepsFrom: 'a message over a channel to which the patient has not agreed',
    pieces: [
      { file: 'functions/domain/ledger/before-sending.ts', source: "if (!consented) return 'no-consent';", off: '' },
      {
        file: 'functions/domain/messages/channels.ts',
        source: 'has(mobile) && consents.sms === true && (!optedOut',
        off: 'has(mobile) && (!optedOut',
      },
    ],
  },
  {
    id: 'revision-of-a-firing',
    invariant: 3,
    keepsFrom: 'a reminder of a time from which the appointment was moved',
    pieces: [
      {
        file: 'functions/domain/ledger/before-sending.ts',
        source: 'appointment.revision !== message.appointmentRevision',
        off: 'false',
      },
      {
        file: `${JOURNEY}/replan-appointment.ts`,
        source: 'if (!stands || message.appointmentRevision !== appointment.revision)',
        off: 'if (!stands)',
      },
    ],
  },
  {
    id: 'other-channel',
    invariant: 4,
    keepsFrom: 'a safety message that is lost with a dead number',
    pieces: [
      {
        file: `${JOURNEY}/record-sending.ts`,
        source: 'if (desk.journey.outcome === null) await fallBack(desk, sent);',
        off: '',
      },
    ],
  },
  {
    id: 'call-where-nothing-reaches',
    invariant: 4,
    keepsFrom: 'silence towards somebody who has neither a mobile nor e-mail',
    pieces: [
      {
        file: `${JOURNEY}/ledger.ts`,
        source: 'else if (route.call) await callAbout(desk, message);',
        off: '',
      },
    ],
  },
  {
    id: 'crisis-is-carried',
    invariant: 7,
    keepsFrom: 'a crisis that is written down and paged to nobody',
    pieces: [
      {
        file: `${JOURNEY}/safety.ts`,
        source: "desk.follow({ kind: 'start-safety-event', journeyId, eventId: id, epoch: 1 });",
        off: '',
      },
    ],
  },
  {
    id: 'expiry-is-seen',
    invariant: 5,
    keepsFrom: 'a question to the patient that runs out and nobody calls',
    pieces: [
      {
        file: `${JOURNEY}/chase-task.ts`,
        source: "if (task.role !== 'patient') return task;",
        off: 'if (task.id !== "") return task;',
      },
    ],
  },
  {
    id: 'tasks-closed-at-the-end',
    invariant: 6,
    keepsFrom: 'tasks that are left open on somebody’s list after the journey',
    pieces: [
      {
        file: `${JOURNEY}/settling.ts`,
        source: 'task) => isWaitedFor(task) && !stays(task));\n  for',
        off: 'task) => isWaitedFor(task) && task.id === "");\n  for',
      },
    ],
  },
  {
    id: 'messages-settled',
    invariant: 6,
    keepsFrom: 'an outcome while messages are still to go out',
    pieces: [{ file: `${JOURNEY}/settling.ts`, source: 'if (open.length > 0) {', off: 'if (open.length < 0) {' }],
  },
  {
    id: 'hold-of-a-crisis',
    invariant: 7,
    keepsFrom: 'dosing that goes on through a crisis',
    pieces: [{ file: `${JOURNEY}/safety.ts`, source: 'placeHold(desk, holdOf(event), by);', off: '' }],
  },
  {
    id: 'hold-stops-reminders',
    invariant: 7,
    keepsFrom: 'reminders to somebody in a crisis',
    pieces: [
      {
        file: 'functions/domain/ledger/before-sending.ts',
        source: "journey.holds.some(({ reason }) => reason.startsWith('safety-'))",
        off: 'journey.holds.length < 0',
      },
    ],
  },
  {
    id: 'debt-closed-once',
    invariant: 2,
    keepsFrom: 'a debt that is closed a second time',
    pieces: [{ file: `${JOURNEY}/debts.ts`, source: 'if (!isOwed(cycle)) return;', off: '' }],
  },
  {
    id: 'send-claim',
    invariant: 3,
    keepsFrom: 'a message that goes out twice when its schedule fires twice',
    pieces: [
      {
        file: `${JOURNEY}/claim-message.ts`,
        source: "message.state === 'planned' ? 'again' : afterLoss(desk, message);",
        off: "message.state === 'planned' || message.state === 'sending' ? 'again' : afterLoss(desk, message);",
      },
    ],
    instead: {
      file: 'test/mechanisms/messages.test.ts',
      test: 'whose schedule fires twice at once goes out once',
      because: 'in random journeys nothing is delivered twice',
    },
  },
  {
    id: 'known-command',
    invariant: 8,
    keepsFrom: 'a command that is carried out twice when it is delivered twice',
    pieces: [
      {
        file: `${JOURNEY}/commands.ts`,
        source: 'if (known !== undefined) return { accepted: known.accepted, reason: known.refusal };',
        off: '',
      },
    ],
    instead: {
      file: 'test/mechanisms/twice.test.ts',
      test: 'changes nothing for a dose that is moved by its clinic',
      because: 'in random journeys no command is delivered twice',
    },
  },
  {
    id: 'first-answer-stands',
    invariant: 8,
    keepsFrom: 'a second decision that undoes the first one',
    pieces: [
      {
        file: `${JOURNEY}/decide-task.ts`,
        source:
          "if (task.state === 'decided') return { accepted: true, answer: task.answer ?? '', by: task.by ?? '' };",
        off: '',
      },
      {
        file: `${JOURNEY}/decide-task.ts`,
        source: "if (!isPending(task) || task.state === 'planned')",
        off: "if ((!isPending(task) && task.state !== 'decided') || task.state === 'planned')",
      },
    ],
    instead: {
      file: 'test/mechanisms/decisions-and-timeouts.test.ts',
      test: 'get one answer: whoever commits first has decided',
      because: 'in random journeys nobody answers a task that somebody has answered',
    },
  },
  {
    id: 'one-open-journey',
    invariant: 8,
    keepsFrom: 'a second journey beside the one that a patient has',
    pieces: [
      {
        file: `${JOURNEY}/request-consult.ts`,
        source: 'if (open !== undefined)\n',
        off: 'if (open !== undefined && now === "")\n',
      },
    ],
    instead: {
      file: 'test/mechanisms/consults.test.ts',
      test: 'has no second one',
      because: 'a random journey begins with one request',
    },
  },
  {
    id: 'epoch-of-a-line',
    invariant: 9,
    keepsFrom: 'writes of an execution that was given up and replaced',
    pieces: [
      {
        file: `${JOURNEY}/desk.ts`,
        source:
          'if ((await desk.get(lines, run)) === undefined) throw new EpochPast(run.journeyId, run.line, run.epoch);\n  desk.present(lines, run);',
        off: '',
      },
    ],
    instead: {
      file: 'test/mechanisms/epochs.test.ts',
      test: 'it opens a task',
      because: 'in random journeys no execution is lost',
    },
  },
  {
    id: 'parked-stays-parked',
    invariant: 8,
    keepsFrom: 'a paused journey that goes on because its hand-over was asked twice',
    pieces: [
      {
        file: `${JOURNEY}/main-line.ts`,
        source: "if (head.pause === 'parked') return { handedOver: false };",
        off: '',
      },
    ],
    instead: {
      file: 'test/mechanisms/twice.test.ts',
      test: 'changes nothing for a patient who pauses while an integration is owed, and comes back',
      because: 'of random journeys one in some hundred pauses and loses that very answer',
    },
  },
  {
    id: 'recorded-however-late',
    invariant: 9,
    keepsFrom: 'a dose that is taken for recorded because everybody was asked for a month',
    pieces: [
      {
        file: 'functions/domain/tasks/chasing.ts',
        source: "  'record-dose',\n  'discharge',\n",
        off: '',
      },
    ],
    instead: {
      file: 'test/stories/answers-after-a-month.test.ts',
      test: 'record-dose stays asked for',
      because: 'few random people stay away from a dose for a month',
    },
  },
  {
    id: 'struck-off-as-read',
    invariant: 9,
    keepsFrom: 'work that is asked for again and struck off unseen',
    pieces: [
      {
        file: `${JOURNEY}/outbox.ts`,
        source: 'key: outboxItems.key(item), when: { ifVersion: version } }]',
        off: "key: outboxItems.key(item), when: version === '' ? 'free' : 'ifPresent' }]",
      },
    ],
    instead: {
      file: 'test/mechanisms/outbox.test.ts',
      test: 'that is asked for again while it is worked off stays',
      because: 'in random journeys one worker works the outbox',
    },
  },
  {
    id: 'sender-that-died',
    invariant: 9,
    keepsFrom: 'a page that nobody sends because its sender died over it',
    pieces: [{ file: `${JOURNEY}/claim-message.ts`, source: "if (mustArrive(message)) return 'again';", off: '' }],
    instead: {
      file: 'test/mechanisms/losses.test.ts',
      test: 'what must arrive is sent by another',
      because: 'in random journeys no process dies',
    },
  },
  {
    id: 'only-their-word',
    invariant: 10,
    keepsFrom: 'something that only the medical director may let pass, passed by whoever the review has climbed to',
    pieces: [
      {
        file: 'functions/domain/tasks/answers.ts',
        source: "by.role !== task.role && by.role !== 'medical-director')",
        off: "by.role !== task.role && by.role === 'chaperone')",
      },
    ],
    instead: {
      file: 'test/domain/tasks/answers.test.ts',
      test: 'may say no to a gate-review of the medical director, but not let it pass',
      because: 'a random journey comes to it once in some hundred',
    },
  },
  {
    id: 'override-says-why',
    invariant: 10,
    keepsFrom: 'something that is let pass, and nobody can say why',
    pieces: [
      {
        file: 'functions/domain/tasks/answers.ts',
        source: "const needsReason = answer === 'overridden' || answer === 'waived';",
        off: "const needsReason = answer === '';",
      },
    ],
    instead: {
      file: 'test/domain/tasks/answers.test.ts',
      test: 'needs a reason to be overridden',
      because: 'whoever answers in a rehearsal gives a reason',
    },
  },
  {
    id: 'own-text-for-the-chaperone',
    invariant: 11,
    keepsFrom: 'a chaperone who reads what was written for the patient',
    pieces: [
      {
        file: 'functions/domain/messages/occasions.ts',
        source: 'if (reader === undefined || occasionOf(named)?.audience === reader) return named;',
        off: 'if (named.length > 0) return named;',
      },
    ],
    instead: {
      file: 'test/domain/messages/occasions.test.ts',
      test: 'to the chaperone is the text',
      because: 'the words of the two texts are no facts, which is what the invariant looks for',
    },
  },
  {
    id: 'errors-by-name',
    invariant: 11,
    keepsFrom: 'a name or a number in a log line',
    pieces: [
      {
        file: 'functions/runtime/frame.ts',
        source: 'error instanceof Error ? error.name :',
        off: 'error instanceof Error ? error.message :',
      },
    ],
    instead: {
      file: 'test/runtime/frame.test.ts',
      test: 'says by what name a call failed, and neither its text nor its cause',
      because: 'random journeys are not logged',
    },
  },
  {
    id: 'nothing-in-the-past',
    invariant: 12,
    keepsFrom: 'a dose that is booked at a time that has passed',
    pieces: [
      {
        file: `${JOURNEY}/booking.ts`,
        source: 'const ahead = asked.notice === false ? desk.now : plus(desk.now, program.dosing.notice);',
        off: 'const ahead = journey.requestedAt;',
      },
    ],
  },
  {
    id: 'no-show-after-the-start',
    invariant: 12,
    keepsFrom: 'a no-show at an appointment that has not begun',
    pieces: [
      {
        file: `${JOURNEY}/appointment-commands.ts`,
        source: 'if (appointment.startsAt > desk.now) throw',
        off: 'if (appointment.startsAt === "") throw',
      },
    ],
    instead: {
      file: 'test/mechanisms/refused-commands.test.ts',
      test: 'mark-no-show with',
      because: 'a no-show before its time is a cancellation to every invariant',
    },
  },
];
