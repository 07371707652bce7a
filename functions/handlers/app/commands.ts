import { createHash } from 'node:crypto';
import { commandOperations } from '../../contracts/api/commands.ts';
import { JsonRecord } from '../../domain/json-record.ts';
import { ANSWERS } from '../../domain/law/entry-seen.ts';
import { InputRefused } from '../../domain/problems.ts';
import { requestConsult } from '../api/request-consult.ts';
import type { ApiDeps } from './deps.ts';
import { Forbidden, Refused } from './errors.ts';
import { giving } from './giving.ts';
import { looking } from './looking.ts';
import { type Route, route } from './route.ts';

/** Who asks without an account is known by what they ask: two people who chose one key are two patients. */
const patientIdOf = (key: string, asked: object): string =>
  `p${createHash('sha256')
    .update(JSON.stringify([key, asked]))
    .digest('hex')
    .slice(0, 20)}`;

/** What somebody asks: for a first conversation, and of a running journey. */
export const commandRoutes = (deps: ApiDeps) => {
  const { reading, library } = deps;
  const look = looking(deps);
  const give = giving(deps);
  const request = requestConsult(deps);

  const versionOf = (asked: { id: string; version?: number | undefined }): { id: string; version: number } => {
    const carried = library.programs().filter(({ id }) => id === asked.id);
    const version = asked.version ?? Math.max(0, ...carried.map((each) => each.version));
    if (carried.some((each) => each.version === version)) return { id: asked.id, version };
    const all = library.programs().map((each) => `${each.id} version ${each.version}`);
    throw new InputRefused([`body.program: there is no such program; one of ${all.join(', ')}`]);
  };

  return {
    'request-consult': route(commandOperations['request-consult'], async ({ viewer, key, body }) => {
      const isStaff = viewer.practice === null && viewer.roles.some((role) => role !== 'patient');
      if (!isStaff && body.patientId !== viewer.id)
        throw new Forbidden('a patient asks for themselves; patientId is another’s');
      const answer = await request({
        ...body,
        facts: JsonRecord.parse(body.facts),
        requestId: key,
        program: versionOf(body.program),
      });
      if (!answer.accepted) throw new Refused(answer.reason);
      return { answer: { journeyId: answer.journeyId } };
    }),

    'ask-for-consult': route(commandOperations['ask-for-consult'], async ({ key, body }) => {
      const answer = await request({
        ...body,
        facts: JsonRecord.parse(body.facts),
        patientId: patientIdOf(key, body),
        // Whether somebody was seen in person is for the clinic to say.
        inPersonEvaluatedOn: null,
        requestId: key,
        program: versionOf(body.program),
      });
      if (!answer.accepted) throw new Refused(answer.reason);
      return { answer: { journeyId: answer.journeyId } };
    }),

    'list-commands': route(commandOperations['list-commands'], async (asked) => {
      const { journeyId } = asked.params;
      const seen = await look.at(asked, journeyId);
      const treats = seen.sees(ANSWERS);
      if (treats) await look.note(asked, seen, [ANSWERS]);
      const commands = await reading.commandsOf(journeyId);
      return {
        answer: {
          items: commands
            .map(({ value: { id, command, at, by, accepted, reason, refusal, data } }) => ({
              id,
              command,
              at,
              by,
              accepted,
              clinical: treats ? { reason, refusal, data } : null,
            }))
            .sort((a, b) => (a.at < b.at ? -1 : 1)),
        },
      };
    }),

    'post-command': route(commandOperations['post-command'], async (asked) => {
      const { journeyId } = asked.params;
      await look.reach(asked, journeyId);
      const { command, reason, data } = asked.body;
      await give(asked, journeyId, { command, reason, data: JsonRecord.parse(data) });
      return { answer: { accepted: true as const } };
    }),
  } satisfies Record<keyof typeof commandOperations, Route>;
};
