import { plus } from '../../functions/domain/time/instants.ts';
import type { Deployment } from './deployment.ts';
import type { Written } from './journey.ts';
import { PROMPT } from './seconds.ts';

/** The scenarios that are played on the deployed stack, over the clinic and the program that are deployed. */
export const scenariosFor = ({ clinic, program }: Pick<Deployment, 'clinic' | 'program'>) => {
  const scenario = (people: readonly object[], commands: readonly object[] = []) => ({
    program,
    clinic,
    people: [...people, ...PROMPT],
    commands,
  });
  const withdraw = { command: 'withdraw', by: { role: 'patient' } };
  return {
    /** From the consult to the outcome; everybody does as they are asked. */
    throughout: () => scenario([]),
    /** The first practice declines, the second takes the patient, who has e-mail alone; before the preparation is booked they withdraw. */
    declinedByAPartner: () => ({
      ...scenario(
        [
          { task: 'partner-offer', occurrence: 1, answer: 'declined', after: 'PT1S' },
          { task: 'book-appointment', occurrence: 2, never: true },
        ],
        [{ after: 'plan', plus: 'PT15S', ...withdraw }],
      ),
      patient: { mobile: 'none' },
    }),
    /** The consult is an hour away, so that its reminder waits in Scheduler; then it is moved nearer, and then called off. */
    remindedAndMoved: (start) =>
      scenario(
        [{ task: 'book-appointment', after: 'PT1S', data: { startsAt: plus(start, 'PT1H') } }],
        [
          {
            at: plus(start, 'PT3M20S'),
            command: 'reschedule-appointment',
            data: { appointment: 'consult', occurrence: 1, startsAt: plus(start, 'PT20M') },
          },
          { at: plus(start, 'PT3M45S'), ...withdraw },
        ],
      ),
    /** The provider does not look at the screening: after a nudge the medical director is asked, who declines. */
    escalated: () => ({
      ...scenario([
        { task: 'screening-review', role: 'provider', never: true },
        { task: 'screening-review', role: 'medical-director', after: 'PT1S', answer: 'decline', reason: 'not now' },
      ]),
      patient: { facts: { benzo_lorazepam_eq_mg_day: 6 } },
    }),
    /** The patient is in a crisis before the consult; whoever is on call answers the page. */
    inACrisis: (start) =>
      scenario(
        [{ task: 'book-appointment', never: true }],
        [
          { at: plus(start, 'PT10S'), command: 'report-crisis', by: { role: 'patient' } },
          { at: plus(start, 'PT1M'), ...withdraw },
        ],
      ),
    /** The patient leaves the consents lying; nothing of the clinic's follows once they are refused. */
    unsigned: () => scenario([{ task: 'sign-consents', never: true }]),
  } satisfies Record<string, Written>;
};
