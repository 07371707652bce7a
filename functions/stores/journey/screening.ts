import type { Journey } from '../../domain/journey/journey.ts';
import { parseFacts } from '../../domain/screening/facts.ts';
import { withIndication } from '../../domain/screening/indications.ts';
import { reviewRole, screen } from '../../domain/screening/screen.ts';
import { clinicals } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

type Screening = NonNullable<Journey['screening']>;

/** Reads facts against the program's rule table, keeps what it says with the journey and tells the timeline. */
export const screenNow = async (desk: Desk, facts: Record<string, unknown>): Promise<Screening> => {
  const sheet = parseFacts(facts);
  const ruleset = desk.library.ruleset(desk.program.screening.ruleset);
  const { fit } = await desk.need(clinicals, desk.journey.id);
  const table = screen(sheet, ruleset, policyOf(desk.clinic.policy.screening));
  const found = withIndication(
    table,
    desk.program,
    { indication: sheet.indication, reasons: fit.reasons },
    desk.clinic.policy,
  );
  const { disposition, reasons, notes, rulesetVersion } = found;
  desk.note(desk.journey.id, { kind: 'screening', disposition, reasons, notes, rulesetVersion });
  const role = disposition === 'eligible' ? null : reviewRole(found);
  const screening = {
    disposition,
    reasons,
    notes,
    rulesetVersion,
    reviewRole: role === 'none' ? null : role,
    at: desk.now,
  };
  desk.keep({ screening });
  return screening;
};

const policyOf = (policy: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(policy).map(([key, value]) => [key, String(value)]));
