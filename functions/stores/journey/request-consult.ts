import type { ConsultRequest } from '../../contracts/consult-request.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { dosesAtFirst } from '../../domain/series/what-next.ts';
import { clinicals, contacts, heads, journeys, lines, openJourneys, patientJourneys } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import type { DeskPorts } from './desk.ts';
import { MAIN } from './main-line.ts';
import { enterNumbers, isStopped } from './numbers.ts';

/** A journey that was begun, or the one that the patient already has. */
export type Requested =
  | { readonly accepted: true; readonly journeyId: string }
  | { readonly accepted: false; readonly reason: string };

/** Opens a journey for a consult request; the same request again is the same journey, a second open one for the patient is refused. */
export const requestConsult = (
  ports: DeskPorts,
  input: ConsultRequest & { readonly journeyId: string },
): Promise<Requested> =>
  transact(ports, 'request-consult', async (transaction): Promise<Requested> => {
    const { now } = transaction;
    const { journeyId, patientId, requestId } = input;
    const open = await transaction.get(openJourneys, patientId);
    if (open !== undefined)
      return open.requestId === requestId
        ? { accepted: true, journeyId: open.journeyId }
        : { accepted: false, reason: 'the patient already has an open journey' };
    if ((await transaction.get(journeys, journeyId)) !== undefined) return { accepted: true, journeyId };
    const smsStopped = input.mobile !== null && (await isStopped(transaction, input.mobile));
    const program = ports.library.program(input.program);
    const journey: Journey = {
      id: journeyId,
      patientId,
      program: { id: program.id, version: program.version },
      zone: input.zone,
      language: input.language,
      modality: input.modality ?? program.dosing.modality,
      requestedAt: now,
      phase: null,
      phaseSince: now,
      ending: null,
      outcome: null,
      stopped: null,
      therapist: null,
      partner: null,
      ownTherapist: input.therapist === 'own',
      chaperone: input.chaperone === null ? 'none' : 'named',
      chaperoneSince: null,
      route: null,
      holds: [],
      clearances: [],
      consents: input.consents,
      consentsSignedAt: null,
      planSignedBy: [],
      liverTest: null,
      costAcknowledgedAt: null,
      preparations: 0,
      preparedAt: null,
      dosesPlanned: dosesAtFirst(program.series),
      seriesStage: 0,
      seriesEndedAt: null,
      continuing: null,
      unreached: 0,
      smsStopped,
      overrides: [],
      screening: null,
    };
    const { firstName, bornOn = null, mobile, email, chaperone } = input;
    transaction.put(journeys, journey);
    transaction.put(openJourneys, { patientId, journeyId, requestId });
    transaction.put(patientJourneys, { patientId, journeyId, requestedAt: now });
    transaction.put(contacts, { journeyId, firstName, bornOn, mobile, email, chaperone, released: null });
    await enterNumbers(transaction, journeyId, { mobile, chaperone });
    transaction.put(clinicals, {
      journeyId,
      facts: input.facts,
      fit: input.fit,
      inPersonEvaluatedOn: input.inPersonEvaluatedOn,
    });
    transaction.put(heads, {
      journeyId,
      machine: 'intake',
      number: 1,
      epoch: 1,
      lastSignal: 0,
      closed: false,
      pause: null,
    });
    transaction.put(lines, { journeyId, line: MAIN, epoch: 1 });
    transaction.follow({ kind: 'start-execution', journeyId, machine: 'intake', number: 1, epoch: 1 });
    return { accepted: true, journeyId };
  });
