import { rebookAbsence } from './journey/absence-command.ts';
import { answerAppointmentByLink } from './journey/appointment-links.ts';
import { chaseTask } from './journey/chase-task.ts';
import { claimMessage } from './journey/claim-message.ts';
import { postCommand } from './journey/commands.ts';
import { beginCompletion } from './journey/completion-steps.ts';
import { askDeadline, keepDeadline } from './journey/deadlines.ts';
import { decideTask } from './journey/decide-task.ts';
import type { DeskPorts } from './journey/desk.ts';
import { planDigests } from './journey/digests.ts';
import { startDose } from './journey/dosing-day-gate.ts';
import { recordFailure } from './journey/failures.ts';
import { checkGate } from './journey/gate-steps.ts';
import { heedText } from './journey/heed-text.ts';
import { beginIntake, screenPatient } from './journey/intake-steps.ts';
import { answerByLink, proveLink, seeLink } from './journey/links.ts';
import { handOver, replay } from './journey/main-line.ts';
import { openTask } from './journey/open-task.ts';
import { lastSignal, messageAt, pendingItem, pendingItems, setAside, strikeOff } from './journey/outbox.ts';
import { nextPartner } from './journey/partners.ts';
import { answerPickUpByLink } from './journey/pick-up-links.ts';
import { proposeBooking, proposeTimes } from './journey/propose-times.ts';
import { liveJourneys, reportOrphans, standingOf } from './journey/reconcile.ts';
import { recordDelivery, recordSending } from './journey/record-sending.ts';
import { replanAppointment } from './journey/replan-appointment.ts';
import { requestConsult } from './journey/request-consult.ts';
import { closeSafetyEvent } from './journey/safety-steps.ts';
import { sendAgain } from './journey/send-again.ts';
import { confirmAppointment, planNextStep } from './journey/series-steps.ts';
import { settleJourney } from './journey/settling.ts';
import { takeTask } from './journey/take-task.ts';
import { registerMoment, registerTaskWait, releaseOf, takenUp, wasTakenUp } from './journey/waits.ts';
import { watchClinic } from './journey/watch-clinic.ts';

/** Everything that may be done to a journey; each act is one transaction, and doing it twice changes nothing. */
export const journeyStore = (ports: DeskPorts) => {
  const act =
    <I, O>(run: (ports: DeskPorts, input: I) => Promise<O>) =>
    (input: I) =>
      run(ports, input);
  return {
    requestConsult: act(requestConsult),
    postCommand: act(postCommand),
    decideTask: act(decideTask),
    takeTask: act(takeTask),
    sendAgain: act(sendAgain),
    proposeTimes: act(proposeTimes),
    proposeBooking: act(proposeBooking),
    heedText: act(heedText),
    seeLink: act(seeLink),
    proveLink: act(proveLink),
    answerByLink: act(answerByLink),
    answerAppointmentByLink: act(answerAppointmentByLink),
    answerPickUpByLink: act(answerPickUpByLink),
    beginIntake: act(beginIntake),
    screenPatient: act(screenPatient),
    nextPartner: act(nextPartner),
    checkGate: act(checkGate),
    startDose: act(startDose),
    confirmAppointment: act(confirmAppointment),
    planNextStep: act(planNextStep),
    beginCompletion: act(beginCompletion),
    settleJourney: act(settleJourney),
    closeSafetyEvent: act(closeSafetyEvent),
    handOver: act(handOver),
    replay: act(replay),
    recordFailure: act(recordFailure),
    openTask: act(openTask),
    chaseTask: act(chaseTask),
    registerTaskWait: act(registerTaskWait),
    registerMoment: act(registerMoment),
    releaseOf: act(releaseOf),
    takenUp: act(takenUp),
    wasTakenUp: act(wasTakenUp),
    planDigests: act(planDigests),
    watchClinic: act(watchClinic),
    askDeadline: act(askDeadline),
    keepDeadline: act(keepDeadline),
    rebookAbsence: act(rebookAbsence),
    replanAppointment: act(replanAppointment),
    claimMessage: act(claimMessage),
    recordSending: act(recordSending),
    recordDelivery: act(recordDelivery),
    pendingItem: act(pendingItem),
    pendingItems: act(pendingItems),
    strikeOff: act(strikeOff),
    setAside: act(setAside),
    lastSignal: act(lastSignal),
    messageAt: act(messageAt),
    liveJourneys: act(liveJourneys),
    standingOf: act(standingOf),
    reportOrphans: act(reportOrphans),
  };
};

export type JourneyStore = ReturnType<typeof journeyStore>;
