import type { AppointmentChange } from '../../functions/domain/migration/appointments-under.ts';
import type { GateChange } from '../../functions/domain/migration/gates-under.ts';
import type { MessageChange } from '../../functions/domain/migration/messages-under.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { localDate, localTime } from '../../functions/domain/time/local.ts';
import type { JourneyMove } from '../../functions/stores/journey/move-program.ts';
import { sectionsOf } from '../../local/programs/sections.ts';

/** What two versions of a program say differently, part by part, in the sentences of `programs check`. */
export const versionDifference = (from: Program, to: Program): string[] => {
  const [was, is] = [from, to].map(
    (program) => new Map(sectionsOf(program).map((each) => [each.title, each.sentences])),
  );
  const titles = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  return titles.flatMap((title) => {
    const [before, after] = [was?.get(title) ?? [], is?.get(title) ?? []];
    const gone = before.filter((sentence) => !after.includes(sentence)).map((sentence) => `    - ${sentence}`);
    const come = after.filter((sentence) => !before.includes(sentence)).map((sentence) => `    + ${sentence}`);
    return gone.length + come.length === 0 ? [] : [`  ${title}`, ...gone, ...come];
  });
};

const moment = (at: string, zone: string): string => `${localDate(at, zone)} ${localTime(at, zone)}`;

const appointment = ({ id, startsAt, becomes, because }: AppointmentChange, zone: string): string =>
  `${id} of ${moment(startsAt, zone)} ${becomes === 'stays' ? 'stays' : 'is planned anew'}${because.length === 0 ? '' : `: ${because.join('; ')}`}`;

const message = ({ rule, audience, appointment: about, becomes, wasAt, at }: MessageChange, zone: string): string => {
  const what = `notice ${rule} to the ${audience}${about === null ? '' : ` about ${about}`}`;
  const was = wasAt === null ? '' : moment(wasAt, zone);
  if (becomes === 'gone') return `${what} of ${was} is not sent`;
  if (becomes === 'added') return `${what} is sent on ${moment(at ?? '', zone)}`;
  return wasAt === at ? `${what} of ${was} is another` : `${what} is sent on ${moment(at ?? '', zone)}, not ${was}`;
};

const gate = ({ gate: kind, added, dropped, wouldFail, wouldPass }: GateChange): string => {
  const parts = [
    ['asks besides', added],
    ['asks no longer', dropped],
    ['would not pass now', wouldFail],
    ['would pass now', wouldPass],
  ] as const;
  const said = parts.filter(([, ids]) => ids.length > 0).map(([what, ids]) => `${what}: ${ids.join(', ')}`);
  return `gate ${kind} ${said.join('; ')}`;
};

const asked = ({ clearances, signatures, cost, orders, takenBack }: JourneyMove['asked']): string[] => [
  ...clearances.map((kind) => `the ${kind} clearance is asked for anew`),
  ...signatures.map((role) => `the plan needs the signature of the ${role}; no dose before that`),
  ...(cost ? ['the cost is to be acknowledged'] : []),
  ...orders.map((number) => `the order of dose ${number} is asked for anew: it was signed under other limits`),
  ...takenBack.map((id) => `task ${id} is taken back`),
];

/** One journey, line by line; `zone` is the clinic's. */
export const journeyLines = (move: JourneyMove & { moved?: boolean }, to: number, zone: string): string[] => {
  const head = `${move.journeyId} (${move.phase ?? 'new'}, version ${move.from})`;
  if (move.refused.length > 0) return [`${head} stays: ${move.refused.join('; ')}`];
  const changes = [
    ...(move.doses === null ? [] : [`${move.doses.are} doses are planned, not ${move.doses.were}`]),
    ...move.appointments.map((each) => appointment(each, zone)),
    ...move.messages.map((each) => message(each, zone)),
    ...move.gates.map(gate),
    ...asked(move.asked),
  ];
  const said = move.moved === true ? `goes on by version ${to}` : `would go on by version ${to}`;
  return [
    `${head} ${said}${changes.length === 0 ? '; nothing that is booked, planned or asked changes' : ''}`,
    ...changes.map((line) => `  ${line}`),
  ];
};
