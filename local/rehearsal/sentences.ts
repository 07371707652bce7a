import type { Role } from '../../functions/domain/names.ts';
import { localTime } from '../../functions/domain/time/local.ts';
import { because, byWhom, capital, momentOf, nameOf, type Reader } from './phrases.ts';
import type { TimelineEntry } from './timeline.ts';
import {
  APPOINTMENT_WORDS,
  CHANNEL_WORDS,
  GATE_WORDS,
  OUTCOME_WORDS,
  PHASE_WORDS,
  plain,
  ROLE_WORDS,
  TASK_WORDS,
} from './words.ts';

type Of<K extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: K }>;

const task = (entry: Of<'task'>, reader: Reader, holder: Role): string => {
  const who = ROLE_WORDS[entry.role];
  const what = TASK_WORDS[entry.task];
  switch (entry.event) {
    case 'opened':
      return `${who} is asked to ${what}${entry.dueAt === undefined ? '' : `, by ${momentOf(entry.dueAt, reader)}`}`;
    case 'nudged':
      return `${ROLE_WORDS[holder]} is reminded to ${what}`;
    case 'escalated':
      return `Nobody answered: ${ROLE_WORDS[entry.toRole ?? entry.role].toLowerCase()} is now asked to ${what}`;
    case 'claimed':
      return `${capital(nameOf(entry.by ?? 'somebody', reader))} takes it on to ${what}`;
    case 'reassigned':
      return `Somebody else is now asked to ${what}${byWhom(entry.by, reader)}`;
    case 'decided':
      return `${capital(plain(entry.task))}: ${plain(entry.answer ?? '')}${entry.by === undefined ? '' : `, by ${nameOf(entry.by, reader)}`}${because(entry.reason)}`;
    case 'superseded':
      return `No longer needed: to ${what}${because(entry.reason)}`;
    case 'expired':
      return `Nobody answered in time: to ${what}`;
  }
};

const gate = ({ gate: kind, result, checks }: Of<'gate'>, reader: Reader): string => {
  const open = checks.filter((check) => check.result === 'hold' || check.result === 'block');
  const overridden = checks.filter((check) => check.result === 'overridden');
  const verdict = { pass: 'passes', hold: 'holds', block: 'blocks' }[result];
  const why =
    open.length === 0
      ? `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`
      : open.map(({ id }) => id).join(', ');
  const passed = overridden.map(
    ({ id, by = [], reason }) =>
      `${id} overridden by ${by.map((each) => nameOf(each, reader)).join(' and ')}: ${reason}`,
  );
  return [`${GATE_WORDS[kind]} gate ${verdict}: ${why}`, ...passed].join('; ');
};

const appointment = (entry: Of<'appointment'>, reader: Reader): string => {
  const dose = entry.cycle === undefined ? '' : ` ${entry.cycle}`;
  const what = `${APPOINTMENT_WORDS[entry.appointment]}${dose}`;
  const when = `${momentOf(entry.startsAt, reader)} to ${localTime(entry.endsAt, reader.zone)}`;
  const people = entry.practitioners.map((id) => nameOf(id, reader));
  const where = entry.modality === 'remote' ? 'by video' : entry.room;
  const details = [...people, ...(where === null ? [] : [where])].join(', ');
  if (entry.event === 'booked') return `${what} booked for ${when}${details === '' ? '' : `, with ${details}`}`;
  if (entry.event === 'moved') return `${what} moved to ${when}`;
  if (entry.event === 'cancelled') return `${what} of ${when} cancelled`;
  if (entry.event === 'no-show') return `${what}: the patient did not come`;
  return `${what} ${plain(entry.event)}`;
};

const MESSAGE_EVENTS = {
  planned: 'planned',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'not delivered',
  skipped: 'not sent',
  cancelled: 'called off',
};

const message = (entry: Of<'message'>, reader: Reader): string => {
  const whom = entry.to === 'patient' || entry.to === 'chaperone' ? `the ${entry.to}` : nameOf(entry.person, reader);
  const again = entry.attempt > 1 ? `, attempt ${entry.attempt}` : '';
  return `${capital(plain(entry.message))} to ${whom} by ${CHANNEL_WORDS[entry.channel]}${again}: ${MESSAGE_EVENTS[entry.event]}${because(entry.reason)}`;
};

const safety = (entry: Of<'safety'>, reader: Reader): string => {
  const what = `${capital(plain(entry.type))}${entry.severity === undefined ? '' : `, grade ${entry.severity}`}`;
  if (entry.event === 'paged') return `${what}: ${nameOf(entry.person ?? 'nobody', reader)} is paged`;
  return `${what}: ${plain(entry.event)}${byWhom(entry.by, reader)}${because(entry.answer)}`;
};

/** One entry of the timeline as one line in plain words; `holder` is who has a task that has climbed its ladder. */
export const sentenceOf = (entry: TimelineEntry, reader: Reader, holder?: Role): string => {
  switch (entry.kind) {
    case 'phase':
      return `${PHASE_WORDS[entry.phase]} ${entry.event === 'entered' ? 'begins' : 'ends'}`;
    case 'task':
      return task(entry, reader, holder ?? entry.role);
    case 'gate':
      return gate(entry, reader);
    case 'screening':
      return `Screening finds: ${entry.disposition}${because([...entry.reasons, ...entry.notes].join(', '))}`;
    case 'appointment':
      return appointment(entry, reader);
    case 'dose':
      return `Dose ${entry.cycle} ${entry.event}${entry.event === 'started' ? ` (${entry.route})` : ''}`;
    case 'debt':
      return `Dose ${entry.cycle}: integration ${entry.event}${byWhom(entry.by, reader)}${because(entry.reason)}`;
    case 'message':
      return message(entry, reader);
    case 'measure':
      return `${entry.measure} number ${entry.occurrence}: ${entry.total} (${plain(entry.band)})`;
    case 'billing':
      return `${capital(plain(entry.step))}: ${plain(entry.class)}`;
    case 'handoff':
      return `${capital(nameOf(entry.partner, reader))}: care ${entry.event}`;
    case 'therapist':
      return `${capital(nameOf(entry.to, reader))} is the therapist from now on${entry.from === null ? '' : `, in place of ${nameOf(entry.from, reader)}`}${byWhom(entry.by, reader)}`;
    case 'command':
      return `${ROLE_WORDS[entry.by.role]} asks: ${plain(entry.command)}, ${entry.accepted ? 'done' : 'refused'}${because(entry.reason)}`;
    case 'safety':
      return safety(entry, reader);
    case 'hold':
      return `Hold ${entry.event}: ${plain(entry.reason)}${byWhom(entry.by, reader)}`;
    case 'program':
      return `The journey goes on by version ${entry.to} of its program, no longer by version ${entry.from}${byWhom(entry.by, reader)}${because(entry.reason)}`;
    case 'replay':
      return `What failed is started again (${entry.line}, epoch ${entry.epoch})${byWhom(entry.by, reader)}${because(entry.reason)}`;
    case 'read':
      return `${capital(nameOf(entry.by.id, reader))} looks at ${entry.parts.map(plain).join(', ')}`;
    case 'outcome':
      return `${OUTCOME_WORDS[entry.outcome]}${because(entry.reason)}`;
  }
};
