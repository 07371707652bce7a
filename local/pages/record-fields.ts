import type { JsonRecord } from '../../functions/domain/json-record.ts';
import type { TaskKind } from '../../functions/domain/names.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { atLocal } from '../../functions/domain/time/local.ts';
import { choice, type Filled, line } from './fields.ts';
import type { Html } from './layout.ts';

/** One thing that belongs into the record of a task; a time is one of the clinic's clock, a list has commas between. */
type RecordField = {
  readonly name: string;
  readonly label: string;
  readonly is: 'number' | 'time' | 'yes-no' | 'list' | 'text';
};

const field = (is: RecordField['is'], name: string, label: string): RecordField => ({ name, label, is });

const START = field('time', 'startsAt', 'When; without it the next free time');

/** What people are asked for beside their answer, by kind of task; anything else goes into the record as JSON. */
const FIELDS: Readonly<Partial<Record<TaskKind, readonly RecordField[]>>> = {
  'book-appointment': [START],
  'place-patient': [field('text', 'therapist', 'Id of the therapist')],
  'answer-measure': [field('number', 'total', 'Total')],
  'next-step': [field('number', 'doses', 'Doses to add')],
  'record-dose': [field('time', 'startedAt', 'Begun at'), field('time', 'endedAt', 'Ended at')],
  'dosing-day-check': [
    field('yes-no', 'identity', 'Identity confirmed'),
    field('yes-no', 'orderSigned', 'Order signed'),
    field('yes-no', 'agrees', 'Agrees to go on today'),
    field('yes-no', 'oriented', 'Oriented'),
    field('yes-no', 'substances24h', 'Alcohol or other substances within 24 hours'),
    field('yes-no', 'escortReachable', 'Escort reachable'),
    field('yes-no', 'roomSigned', 'Room signed off'),
    field('yes-no', 'couldBePregnant', 'Could be pregnant'),
    field('text', 'pregnancyTest', 'Pregnancy test'),
    field('yes-no', 'chaperonePresent', 'Chaperone present (remote)'),
    field('yes-no', 'videoLive', 'Video live (remote)'),
    field('number', 'sbp', 'Systolic pressure, mmHg'),
    field('number', 'dbp', 'Diastolic pressure, mmHg'),
    field('number', 'heartRate', 'Heart rate, per minute'),
    field('number', 'spo2', 'Oxygen saturation, %'),
    field('number', 'respiratoryRate', 'Breaths per minute'),
    field('number', 'temperatureC', 'Temperature, °C'),
    field('number', 'moaas', 'MOAA/S'),
    field('time', 'lastAteAt', 'Last ate at'),
    field('time', 'lastDrankAt', 'Last drank at'),
    // Medicines taken today are codes that a rule looks for: a free text would pass it, so they come as JSON or the gate holds.
    field('list', 'newMedicines', 'New medicines; none is an answer too'),
    field('list', 'symptoms', 'Symptoms; none is an answer too'),
  ],
};

export const fieldsOf = (kind: TaskKind): readonly RecordField[] => FIELDS[kind] ?? [];

const YES_NO = [
  ['', 'not asked'],
  ['yes', 'yes'],
  ['no', 'no'],
] as const;
const TYPES = { number: 'text', time: 'datetime-local', list: 'text', text: 'text' } as const;

/** The fields of a kind of task, to be filled in. */
export const recordFields = (kind: TaskKind, filled: Filled): readonly Html[] =>
  fieldsOf(kind).map(({ name, label, is }) =>
    is === 'yes-no' ? choice(filled, { name, label, options: YES_NO }) : line(filled, { name, label, type: TYPES[is] }),
  );

const readField = ({ name, is }: RecordField, text: string, zone: string): JsonRecord[string] => {
  if (is === 'yes-no') return text === 'yes';
  if (is === 'text') return text;
  if (is === 'list') return text.toLowerCase() === 'none' ? [] : text.split(',').map((each) => each.trim());
  if (is === 'number' && /^-?\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text) ?? [];
  if (is === 'time' && date !== undefined && time !== undefined) return atLocal(date, time, zone);
  throw new InputRefused([
    `form.${name}: found no ${is}; allowed: ${is === 'number' ? 'a number such as 120' : 'a day and a time'}`,
  ]);
};

/** What was filled in, as it belongs into the record; an empty field is a missing answer. Throws InputRefused. */
export const filledRecord = (kind: TaskKind, values: Readonly<Record<string, string>>, zone: string): JsonRecord =>
  Object.fromEntries(
    fieldsOf(kind).flatMap((each) => {
      const text = values[each.name]?.trim() ?? '';
      return text === '' ? [] : [[each.name, readField(each, text, zone)]];
    }),
  );
