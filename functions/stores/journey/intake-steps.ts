import type { Follows, Run } from '../../contracts/run.ts';
import { isBeyond, isHalted } from '../../domain/journey/journey.ts';
import type { Role } from '../../domain/names.ts';
import { type IntakeAsks, intakeAsks } from '../../domain/program/intake-asks.ts';
import { parseFacts } from '../../domain/screening/facts.ts';
import { clinicals, contacts, journeyPartition, safetyEvents } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor, enterPhase, holdLine, noteBilling } from './desk.ts';
import { startDetached } from './detached.ts';
import { planEducation } from './education.ts';
import { endByClinician } from './ending.ts';
import { askGate } from './gate-acts.ts';
import { planMessage } from './ledger.ts';
import { type Carried, carried } from './main-line.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { sceneFor } from './scene.ts';
import { screenNow } from './screening.ts';

/** Welcomes the patient into the consult; somebody without any channel is called from the start instead of being skipped. */
export const beginIntake = (ports: DeskPorts, input: { run: Run }): Promise<Carried & IntakeAsks> =>
  transact(ports, 'begin-intake', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    if (desk.journey.phase === null) {
      enterPhase(desk, 'consult');
      await planEducation(desk, 'request', desk.now);
      const contact = await desk.need(contacts, desk.journey.id);
      const reachable = contact.mobile !== null || contact.email !== null;
      if (reachable) await planMessage(desk, { kind: 'welcome', to: 'patient', person: 'patient', sendAt: desk.now });
      else await startDetached(desk, { kind: 'call-patient', about: 'no-channel' });
    }
    return { ...(await carried(desk)), ...intakeAsks(desk.program) };
  });

/** Something comes before this step that was never done: a person looks, and nothing goes on. */
export class StepSkipped extends Error {
  override readonly name = 'StepSkipped';
}

export type Screened = Carried & { readonly follows: Follows; readonly role: Role };

/**
 * Reads the patient's answers against the rule table: on, to a clinician's review, to a safety event, or to the end.
 * Asked again after a review it takes the clinician's decision; after a crisis was resolved it asks for a review.
 */
export const screenPatient = (ports: DeskPorts, input: { run: Run }): Promise<Screened> =>
  transact(ports, 'screen-patient', async (transaction): Promise<Screened> => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const result = async (follows: Follows, role: Role = 'provider'): Promise<Screened> => ({
      ...(await carried(desk)),
      follows,
      role,
    });
    if (isHalted(desk.journey)) return result('end');
    if (isBeyond(desk.journey, 'screening')) return result('go-on');
    if (desk.journey.phase !== 'screening')
      throw new StepSkipped(`${desk.journey.id} is screened in ${desk.journey.phase}`);
    if (desk.journey.screening === null) {
      const clinical = await desk.need(clinicals, desk.journey.id);
      const { disposition } = await screenNow(desk, parseFacts(clinical.facts));
      noteBilling(desk, 'screening');
      if (disposition === 'crisis') {
        await askGate(desk, 'screening', await sceneFor(desk));
        // Answers that are urgent have opened it in the write that took them.
        await openCrisisOfAnswers(desk, 'screening', null);
        return result('hold');
      }
    }
    const { screening } = desk.journey;
    if (screening?.disposition === 'crisis') {
      const open = (await desk.list(safetyEvents, journeyPartition(desk.journey.id), 'safety#')).some(
        ({ decision }) => decision !== 'resume',
      );
      if (open) return result('hold');
      desk.keep({ screening: { ...screening, disposition: 'review', reviewRole: 'medical-director', at: desk.now } });
    }
    const gate = await askGate(desk, 'screening', await sceneFor(desk));
    if (gate.result === 'pass') {
      enterPhase(desk, 'clearance');
      return result('go-on');
    }
    if (gate.reviewers[0] !== undefined) return result('review', gate.reviewers[0]);
    await endByClinician(desk, (desk.journey.screening?.reasons ?? []).join(', '));
    return result('end');
  });
