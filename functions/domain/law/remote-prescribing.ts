import { isLocalDate, type LocalDate } from '../time/local.ts';

/** What is known of an order for a patient who is not in the room. */
export type RemoteOrder = {
  /** The local day for which it is ordered. */
  readonly on: LocalDate;
  readonly drug: 'racemic' | 'esketamine';
  /** The day on which a prescriber saw the patient in person; null if none did. */
  readonly inPersonEvaluatedOn: LocalDate | null;
  /** Until this day, included, an order without an in-person evaluation is lawful. */
  readonly flexUntil: LocalDate;
};

/** Why a remote order may not be carried out. */
export type Unlawful = 'esketamine-on-site-only' | 'no-in-person-evaluation';

/**
 * Whether a controlled substance may be prescribed to somebody who is elsewhere (reference 6.6): once the flexibilities have
 * ended, only after an evaluation in person. Esketamine never leaves the certified site. Null: nothing is against it.
 */
export const remoteOrderUnlawful = ({ on, drug, inPersonEvaluatedOn, flexUntil }: RemoteOrder): Unlawful | null => {
  if (drug === 'esketamine') return 'esketamine-on-site-only';
  const seen = inPersonEvaluatedOn !== null && isLocalDate(inPersonEvaluatedOn) && inPersonEvaluatedOn <= on;
  return seen || on <= flexUntil ? null : 'no-in-person-evaluation';
};

/** What a prescriber has to have in order before a controlled substance is ordered, wherever the patient is. */
export type Prescribing = {
  readonly on: LocalDate;
  /** Where the patient is, as two capital letters. */
  readonly patientState: string;
  readonly licence: { readonly state: string; readonly expiresOn: LocalDate } | null;
  /** The day of the last look into the state's monitoring program for this prescription; null if there was none. */
  readonly monitoringCheckedOn: LocalDate | null;
  /** States that forbid what is ordered. */
  readonly banned: readonly string[];
};

/** What is missing before an order for a controlled substance; each prescription is checked anew. */
export const prescribingGaps = ({ on, patientState, licence, monitoringCheckedOn, banned }: Prescribing): string[] => {
  const found = {
    'no-licence': licence === null,
    'licence-of-another-state': licence !== null && licence.state !== patientState,
    'licence-expired': licence !== null && licence.expiresOn < on,
    'monitoring-not-checked': monitoringCheckedOn !== on,
    'banned-in-state': banned.includes(patientState),
  };
  return Object.entries(found).flatMap(([gap, isOpen]) => (isOpen ? [gap] : []));
};
