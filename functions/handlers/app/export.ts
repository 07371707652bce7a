import * as z from 'zod';
import { AppointmentView } from '../../contracts/api/appointments.ts';
import { CycleView, HandoffView, MeasureView, MessageView, SafetyEventView } from '../../contracts/api/care.ts';
import { CommandView } from '../../contracts/api/commands.ts';
import { type ExportedJourney, exportOperations } from '../../contracts/api/export.ts';
import { Event, JourneyView, RecordView } from '../../contracts/api/journeys.ts';
import type { OperationName } from '../../contracts/api/operations.ts';
import { mayUse } from '../../contracts/api/rights.ts';
import { classOf } from '../../domain/law/confidentiality.ts';
import { mayRelease } from '../../domain/law/release.ts';
import { localDate } from '../../domain/time/local.ts';
import type { ApiDeps } from './deps.ts';
import { NotThere } from './errors.ts';
import { fhirBundle } from './fhir/bundle.ts';
import { screeningFor } from './journeys.ts';
import { looking } from './looking.ts';
import { type Asking, type Route, route } from './route.ts';
import { taskFor } from './task-views.ts';

/** The reads that an export is made of. */
type Parts = Readonly<
  Record<
    Extract<
      OperationName,
      | 'get-journey'
      | 'get-record'
      | 'list-appointments-of-journey'
      | 'list-cycles'
      | 'list-measures'
      | 'list-safety-events'
      | 'list-handoffs'
      | 'list-commands'
      | 'list-messages'
      | 'list-events'
    >,
    Route
  >
>;
type Part = keyof Parts;

const Page = z.object({ items: z.array(z.unknown()), next: z.string().nullable().default(null) });

/**
 * Everything of one patient. It is put together from the reads that the person may use themselves, so that nothing is in it that
 * they would not see, and each look at the record is written down.
 */
export const exportRoutes = (deps: ApiDeps, parts: Parts) => {
  const { reading, library, now } = deps;
  const look = looking(deps);

  const read = async (asked: Asking, part: Part, journeyId: string, query: object = {}): Promise<unknown> =>
    (await parts[part]({ ...asked, params: { journeyId }, query, body: undefined })).answer;

  /** All pages of a list; null where it is not for the reader. */
  const every = async <T extends z.ZodType>(
    asked: Asking,
    part: Part,
    item: T,
    journeyId: string,
    paged: { limit?: string } = {},
  ): Promise<z.output<T>[]> => {
    const items: z.output<T>[] = [];
    let cursor: string | null = null;
    do {
      const page = Page.parse(await read(asked, part, journeyId, { ...paged, ...(cursor !== null && { cursor }) }));
      items.push(...z.array(item).parse(page.items));
      cursor = page.next;
    } while (cursor !== null);
    return items;
  };
  const ifFor = async <T>(asked: Asking, part: Part, make: () => Promise<T>): Promise<T | null> =>
    mayUse(asked.viewer.roles, part) ? make() : null;

  /** Whether a part of the record may leave in an export: the patient's own always, another's as the law says. */
  const mayLeave = (asked: Asking, part: string): boolean => {
    const clinic = library.clinic();
    const record = classOf(part, library.care().confidentiality, clinic.policy);
    const purpose = asked.viewer.roles.includes('patient') ? 'portal' : 'export';
    return mayRelease(record, purpose, [], localDate(now(), clinic.zone));
  };

  const exported = async (asked: Asking, journeyId: string): Promise<ExportedJourney> => {
    const seen = await look.at(asked, journeyId);
    const { facts, ...record } = RecordView.parse(await read(asked, 'get-record', journeyId));
    const measures = await every(asked, 'list-measures', MeasureView, journeyId);
    const timeline = await every(asked, 'list-events', Event, journeyId, { limit: '100' });
    const kept = (part: string): boolean => mayLeave(asked, part);
    const all = [
      ...Object.keys((await reading.clinical(journeyId))?.value.facts ?? {}),
      ...(await reading.measuresOf(journeyId)).map(({ value }) => value.measure),
    ];
    const tasks = (await reading.tasksOf(journeyId)).map(({ value }) => value).sort((a, b) => a.number - b.number);
    return {
      journey: JourneyView.parse(await read(asked, 'get-journey', journeyId)),
      record: {
        ...record,
        facts: Object.fromEntries(Object.entries(facts).filter(([fact]) => kept(fact))),
        screenings: record.screenings.map((each) => screeningFor(each, kept)),
      },
      appointments: await every(asked, 'list-appointments-of-journey', AppointmentView, journeyId),
      cycles: await every(asked, 'list-cycles', CycleView, journeyId),
      measures: measures.filter(({ measure }) => kept(measure)),
      safetyEvents: await ifFor(asked, 'list-safety-events', () =>
        every(asked, 'list-safety-events', SafetyEventView, journeyId),
      ),
      handoffs:
        (await ifFor(asked, 'list-handoffs', () => every(asked, 'list-handoffs', HandoffView, journeyId))) ?? [],
      tasks: tasks.map((task) => taskFor(task, asked.viewer, (part) => seen.sees(part) && kept(part), now())),
      commands: await ifFor(asked, 'list-commands', () => every(asked, 'list-commands', CommandView, journeyId)),
      messages: await every(asked, 'list-messages', MessageView, journeyId, { limit: '100' }),
      timeline: timeline.filter((event) => event.kind !== 'measure' || kept(String(event.measure))),
      leftOut: [...new Set(all)].filter((part) => !seen.sees(part) || !kept(part)).sort(),
    };
  };

  const ofPatient = async (asked: Asking, patientId: string) => {
    const journeys: ExportedJourney[] = [];
    let cursor: string | undefined;
    do {
      const page = await reading.journeysOfPatient(patientId, { cursor, limit: 100 });
      for (const { value } of page.items)
        if ((await look.journey(asked.viewer, value.journeyId)) !== undefined)
          journeys.push(await exported(asked, value.journeyId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    if (journeys.length === 0) throw new NotThere();
    return { patientId, exportedAt: now(), journeys };
  };

  return {
    'export-patient': route(exportOperations['export-patient'], async (asked) => ({
      answer: await ofPatient(asked, asked.params.patientId),
    })),
    'export-patient-fhir': route(exportOperations['export-patient-fhir'], async (asked) => ({
      answer: fhirBundle(await ofPatient(asked, asked.params.patientId), library.measure),
    })),
  } satisfies Record<keyof typeof exportOperations, Route>;
};
