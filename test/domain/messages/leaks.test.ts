import { describe, expect, it } from 'vitest';
import { leaks } from '../../../functions/domain/messages/leaks.ts';
import { TASK_KINDS } from '../../../functions/domain/names.ts';

describe('what a patient must not read in a message', () => {
  it.each([
    ['Your KETAMINE visit', ['ketamine']],
    ['Su infusión es mañana', ['infusion']],
    ['Spravato at 2 PM', ['spravato']],
    ['The KAP program', ['kap']],
    ['Your next dose', ['dose']],
    ['dosing on Tuesday', ['dosing']],
    ['Su próxima dosis', ['dosis']],
    ['Your PHQ-9 is due', ['phq-9']],
    ['Please answer the GAD-7 and the C-SSRS', ['gad-7', 'c-ssrs']],
    ['Your score went down', ['score']],
    ['for your depression', ['depression']],
    ['por su ansiedad o TEPT', ['ansiedad', 'tept']],
    ['psychotherapy session', ['psychotherapy']],
    ['Your therapist is looking forward', ['therapist']],
    ['Su terapeuta le espera', ['terapeuta']],
    ['after your treatment', ['treatment']],
    ['Do not take your medication', ['medication']],
    ['No tome lorazepam ni otros medicamentos', ['medicamentos']],
    ['your pregnancy test', ['pregnancy']],
    ['no alcohol before', ['alcohol']],
    ['thoughts of suicide', ['suicide']],
    ['Your insurance claim', ['insurance', 'claim']],
    ['balance due: $50', ['balance due']],
    ['su seguro médico', ['seguro medico']],
  ])('%s', (text, words) => {
    expect(leaks(text, 'patient')).toEqual(words);
  });

  it.each([
    'Cedar Clinic: your visit is Tue, Mar 3, 2:00 PM at 12 Cedar Street. Reply STOP to opt out.',
    'Asegúrese de que alguien le lleva a casa. Es fundamental.',
    'If you are in danger now, call 911. Call or text 988.',
    'Are you home safe? Please let us know.',
    'We do our best; a minor delay is possible. Dress comfortably.',
  ])('but may read: %s', (text) => {
    expect(leaks(text, 'patient')).toEqual([]);
  });
});

describe('by audience', () => {
  it.each([
    ['Your visit is at 2 PM', 'chaperone', ['visit']],
    ['Su cita es a las 14:00', 'chaperone', ['cita']],
    ['Pick-up is at 2 PM at 12 Cedar Street', 'chaperone', []],
    ['A therapist is needed', 'staff', []],
    ['A therapist is needed', 'partner', ['therapist']],
    ['ketamine at noon', 'staff', ['ketamine']],
    ['Task record-dose-3', 'staff', []],
    ['Task record-dose-3', 'patient', ['dose-3']],
    ['The dose was given', 'staff', ['dose']],
  ] as const)('"%s" to %s', (text, audience, words) => {
    expect(leaks(text, audience)).toEqual(words);
  });

  it('lets staff read every kind of task', () => {
    expect(TASK_KINDS.flatMap((kind) => leaks(`Task ${kind}-12.`, 'staff'))).toEqual([]);
  });
});
