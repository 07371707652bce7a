import type { QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4.js';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import type { TaskView } from '../../../contracts/api/tasks.ts';
import { idOf, referenceTo } from './reference.ts';

/** The questionnaires: what the patient fills in, as the kinds of task that ask for it. */
const FORMS: readonly TaskView['kind'][] = ['answer-measure', 'answer-screening', 'rescreen'];

export const isForm = ({ kind, state }: TaskView): boolean => FORMS.includes(kind) && state === 'decided';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const answerOf = (value: unknown): QuestionnaireResponseItemAnswer[] => {
  if (typeof value === 'boolean') return [{ valueBoolean: value }];
  if (typeof value === 'number') return [Number.isInteger(value) ? { valueInteger: value } : { valueDecimal: value }];
  if (typeof value === 'string') return value === '' ? [] : [{ valueString: value }];
  if (Array.isArray(value)) return value.flatMap(answerOf);
  return isRecord(value) ? [{ valueString: JSON.stringify(value) }] : [];
};

/** Answers by their link ids; a group of questions is an item with items. What was left out has no item. */
const itemsOf = (data: Readonly<Record<string, unknown>>): QuestionnaireResponseItem[] =>
  Object.entries(data).flatMap(([linkId, value]): QuestionnaireResponseItem[] => {
    if (isRecord(value)) {
      const item = itemsOf(value);
      return item.length > 0 ? [{ linkId, item }] : [];
    }
    const answer = answerOf(value);
    return answer.length > 0 ? [{ linkId, answer }] : [];
  });

export const questionnaireResponse = (
  { id: journeyId, patientId }: ExportedJourney['journey'],
  { number, clinical, decidedAt }: TaskView,
): QuestionnaireResponse & { id: string } => {
  const item = itemsOf(clinical?.data ?? {});
  return {
    resourceType: 'QuestionnaireResponse',
    id: idOf('QuestionnaireResponse', journeyId, number),
    identifier: { value: `${journeyId}/${number}` },
    basedOn: [referenceTo('CarePlan', journeyId)],
    status: 'completed',
    subject: referenceTo('Patient', patientId),
    ...(decidedAt !== null && { authored: decidedAt }),
    ...(item.length > 0 && { item }),
  };
};
