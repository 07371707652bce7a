import { step as decideTask } from '../../functions/handlers/api/decide-task.ts';
import { step as postCommand } from '../../functions/handlers/api/post-command.ts';
import { step as requestConsult } from '../../functions/handlers/api/request-consult.ts';
import { step as takeTask } from '../../functions/handlers/api/take-task.ts';
import { step as onDeadline } from '../../functions/handlers/events/on-deadline.ts';
import { step as onExecutionEnded } from '../../functions/handlers/events/on-execution-ended.ts';
import { step as onMessageEvent } from '../../functions/handlers/events/on-message-event.ts';
import { step as reconcileJourneys } from '../../functions/handlers/events/reconcile-journeys.ts';
import { step as sendDigests } from '../../functions/handlers/events/send-digests.ts';
import { step as sendMessage } from '../../functions/handlers/events/send-message.ts';
import { step as sweepOutbox } from '../../functions/handlers/events/sweep-outbox.ts';
import { step as watchClinic } from '../../functions/handlers/events/watch-clinic.ts';
import { step as workOutbox } from '../../functions/handlers/events/work-outbox.ts';
import type { OutboxDeps } from '../../functions/handlers/outbox/carry-out.ts';
import { step as beginCompletion } from '../../functions/handlers/tasks/begin-completion.ts';
import { step as beginIntake } from '../../functions/handlers/tasks/begin-intake.ts';
import { step as chaseTask } from '../../functions/handlers/tasks/chase-task.ts';
import { step as checkGate } from '../../functions/handlers/tasks/check-gate.ts';
import { step as choosePartner } from '../../functions/handlers/tasks/choose-partner.ts';
import { step as closeSafetyEvent } from '../../functions/handlers/tasks/close-safety-event.ts';
import { step as confirmAppointment } from '../../functions/handlers/tasks/confirm-appointment.ts';
import { step as handOver } from '../../functions/handlers/tasks/hand-over.ts';
import { step as openTask } from '../../functions/handlers/tasks/open-task.ts';
import { step as planNextStep } from '../../functions/handlers/tasks/plan-next-step.ts';
import { step as recordFailure } from '../../functions/handlers/tasks/record-failure.ts';
import { step as screenPatient } from '../../functions/handlers/tasks/screen-patient.ts';
import { step as settleJourney } from '../../functions/handlers/tasks/settle-journey.ts';
import { step as startDose } from '../../functions/handlers/tasks/start-dose.ts';
import { step as waitForAnswer } from '../../functions/handlers/tasks/wait-for-answer.ts';
import { step as waitUntil } from '../../functions/handlers/tasks/wait-until.ts';
import { calling, type Step } from '../../functions/runtime/frame.ts';
import type { JourneyStore } from '../../functions/stores/journey-store.ts';

/** A deployed function as it is called. */
export type Call = (event: unknown) => Promise<unknown>;

/** No alarm looks at one machine. */
const unmeasured = (): void => undefined;

/** What all functions together stand on. */
export type ClinicDeps = OutboxDeps & { readonly journeys: JourneyStore };

/** Every deployed function over the adapters of one machine: the same steps, parsed in and checked out as on AWS. */
export const functionsOver = (deps: ClinicDeps): ReadonlyMap<string, Call> => {
  const calls = new Map<string, Call>();
  const over = <I, O, D>(step: Step<I, O, D>, wire: () => D): void => {
    calls.set(step.name, calling({ ...step, wire }));
  };
  over(requestConsult, () => deps);
  over(decideTask, () => deps);
  over(takeTask, () => deps);
  over(postCommand, () => deps);
  over(beginIntake, () => deps);
  over(openTask, () => deps);
  over(waitForAnswer, () => deps);
  over(chaseTask, () => deps);
  over(waitUntil, () => deps);
  over(confirmAppointment, () => deps);
  over(screenPatient, () => deps);
  over(checkGate, () => deps);
  over(choosePartner, () => deps);
  over(startDose, () => deps);
  over(planNextStep, () => deps);
  over(beginCompletion, () => deps);
  over(settleJourney, () => deps);
  over(closeSafetyEvent, () => deps);
  over(handOver, () => deps);
  over(recordFailure, () => deps);
  over(workOutbox, () => deps);
  over(sweepOutbox, () => deps);
  over(sendMessage, () => deps);
  over(sendDigests, () => deps);
  over(onDeadline, () => deps);
  over(onMessageEvent, () => ({ ...deps, measure: unmeasured }));
  over(onExecutionEnded, () => deps);
  over(reconcileJourneys, () => deps);
  over(watchClinic, () => ({ ...deps, measure: unmeasured }));
  return calls;
};
