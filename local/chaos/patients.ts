import fc from 'fast-check';
import { type Json, record, seldom, weighted } from './arbitraries.ts';

/** What a screening finds: notes, what a clinician must look at, what rules the treatment out. */
const facts = weighted<Json>(
  [3, { sbp: 150 }],
  [3, { psychosis: 'family_first_degree' }],
  [3, { meds: ['benzodiazepine'] }],
  [2, { cssrs_q4: true }],
  [1, { sbp: 185 }],
  [1, { avm: 'yes' }],
);

const consents = record({
  sms: seldom(fc.boolean(), 1),
  email: seldom(fc.boolean(), 1),
  shareWithPartner: seldom(fc.boolean(), 1),
  shareWithOwnTherapist: seldom(fc.boolean(), 1),
  telehealth: seldom(fc.boolean()),
  ride: seldom(fc.boolean(), 9),
});

/** Totals of somebody who gets better, stays as they are, or gets worse in the middle. */
const measures = fc.constantFrom<Json>(
  { phq9: [16, 16, 17], gad7: [12] },
  { phq9: [12, 20, 9], gad7: [8, 15, 6] },
  { phq9: [22, 27] },
);

/** Any patient: where they live, how they are reached, what they agreed to, what their screening finds. */
export const patients = record({
  zone: seldom(
    fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Europe/Madrid', 'Pacific/Auckland', 'America/Phoenix'),
  ),
  language: seldom(fc.constant('es')),
  mobile: seldom(fc.constantFrom('undelivered', 'none')),
  email: seldom(fc.constantFrom('bounces', 'none')),
  consents: seldom(consents),
  facts: seldom(facts, 4),
  fit: seldom(fc.constant({ willAttendIntegration: false }), 40),
  therapist: seldom(fc.constant('own'), 4),
  chaperone: seldom(fc.constant('none'), 12),
  measures: seldom(measures, 4),
  modality: seldom(fc.constant('remote'), 12),
});
