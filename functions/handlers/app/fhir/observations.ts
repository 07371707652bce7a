import type { CodeableConcept, Observation, Quantity } from 'fhir/r4.js';
import type { CycleView, MeasureView } from '../../../contracts/api/care.ts';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import type { Measure } from '../../../domain/measures/measure.ts';
import { idOf, referenceTo } from './reference.ts';

type Cycle = ReturnType<typeof CycleView.parse>;
type Score = ReturnType<typeof MeasureView.parse>;
type Observed = Observation & { id: string };
type Journey = ExportedJourney['journey'];

const loinc = (code: string, text: string): CodeableConcept => ({
  coding: [{ system: 'http://loinc.org', code }],
  text,
});
const category = (code: 'vital-signs' | 'survey'): CodeableConcept[] => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
];

/** Codes and units of vital signs as FHIR R4 asks for them (Observation, vital signs profile). */
const SIGNS = {
  heartRate: { code: loinc('8867-4', 'Heart rate'), unit: '/min' },
  spo2: { code: loinc('2708-6', 'Oxygen saturation'), unit: '%' },
  respiratoryRate: { code: loinc('9279-1', 'Respiratory rate'), unit: '/min' },
  temperatureC: { code: loinc('8310-5', 'Body temperature'), unit: 'Cel' },
} as const;
const PRESSURE = loinc('85354-9', 'Blood pressure');
const SYSTOLIC = loinc('8480-6', 'Systolic blood pressure');
const DIASTOLIC = loinc('8462-4', 'Diastolic blood pressure');

const quantity = (value: number, unit: string): Quantity => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code: unit,
});

const observed = (
  { id: journeyId, patientId }: Journey,
  own: readonly (string | number)[],
): Pick<Observed, 'resourceType' | 'id' | 'status' | 'basedOn' | 'subject'> => ({
  resourceType: 'Observation',
  id: idOf('Observation', journeyId, ...own),
  status: 'final',
  basedOn: [referenceTo('CarePlan', journeyId)],
  subject: referenceTo('Patient', patientId),
});

/** The total of one questionnaire, under its LOINC code where the instrument's data name one. */
export const score = (
  journey: Journey,
  { measure, occurrence, at, total, band, point }: Score,
  instrument: Measure | undefined,
): Observed => ({
  ...observed(journey, ['measure', measure, occurrence]),
  category: category('survey'),
  code: instrument?.loinc
    ? loinc(instrument.loinc.total, `${instrument.title}, total`)
    : { text: `${instrument?.title ?? measure}, total` },
  effectiveDateTime: at,
  valueInteger: total,
  ...(band !== '' && { interpretation: [{ text: band }] }),
  note: [{ text: point }],
});

/** What the nurse read before the dose, one observation a sign. */
export const vitalSigns = (journey: Journey, { number, check, checkedInAt }: Cycle): Observed[] => {
  if (check === null || checkedInAt === null) return [];
  const read = (sign: string): number | undefined => (typeof check[sign] === 'number' ? check[sign] : undefined);
  const signs = Object.entries(SIGNS).flatMap(([sign, { code, unit }]): Observed[] => {
    const value = read(sign);
    if (value === undefined) return [];
    return [
      {
        ...observed(journey, ['check', number, sign]),
        category: category('vital-signs'),
        code,
        effectiveDateTime: checkedInAt,
        valueQuantity: quantity(value, unit),
      },
    ];
  });
  const [sbp, dbp] = [read('sbp'), read('dbp')];
  if (sbp === undefined || dbp === undefined) return signs;
  const pressure: Observed = {
    ...observed(journey, ['check', number, 'pressure']),
    category: category('vital-signs'),
    code: PRESSURE,
    effectiveDateTime: checkedInAt,
    component: [
      { code: SYSTOLIC, valueQuantity: quantity(sbp, 'mm[Hg]') },
      { code: DIASTOLIC, valueQuantity: quantity(dbp, 'mm[Hg]') },
    ],
  };
  return [pressure, ...signs];
};
