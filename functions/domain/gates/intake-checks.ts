import type { CheckId } from '../names.ts';
import { BLOCK, type Check, CRISIS, HOLD, PASS, passIf } from './finding.ts';
import { clearanceInForce, isCommitted } from './standing.ts';

/** A screening that raised flags goes on only by the decision of whoever its rules name (reference 0.3 rule 3). */
const screeningDecided: Check = ({ journey: { screening }, screeningReview: { role, answer } }) => {
  if (screening === null) return HOLD;
  if (screening.disposition === 'eligible') return PASS;
  if (screening.disposition === 'crisis') return CRISIS;
  if (role === null || answer === 'decline') return BLOCK;
  if (answer === 'proceed') return PASS;
  return { result: screening.disposition === 'review' ? 'hold' : 'block', reviewers: [role] };
};

/** From the consult to the signed plan: commitment, screening, clearance and enrolment. */
export const INTAKE_CHECKS = {
  'open-to-reflection': ({ fit }) => passIf(fit.openToReflection, BLOCK),
  'will-attend-integration': ({ fit }) => passIf(fit.willAttendIntegration, BLOCK),
  'screening-answered': ({ journey }) => passIf(journey.screening !== null, HOLD),
  'screening-decided': screeningDecided,
  'medically-cleared': ({ journey, program, now }) => passIf(clearanceInForce(journey, 'medical', program, now), HOLD),
  'psychologically-cleared': ({ journey, program, now }) =>
    passIf(clearanceInForce(journey, 'psychological', program, now), HOLD),
  'commitment-given': (scene) => passIf(isCommitted(scene), BLOCK),
  'plan-signed': ({ journey, program }) =>
    passIf(
      !program.phases.includes('plan') || program.plan.signOffs.every((role) => journey.planSignedBy.includes(role)),
      HOLD,
    ),
} as const satisfies Partial<Record<CheckId, Check>>;
