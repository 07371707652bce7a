import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { CommandAnchor } from '../../functions/domain/names.ts';
import { type Instant, toMs } from '../../functions/domain/time/instants.ts';
import { plusLocal } from '../../functions/domain/time/local.ts';
import { ADDRESSES, CHAPERONE } from '../clinic/consult.ts';
import { anchorCounter } from './anchors.ts';
import type { Data, OneMachine, PeoplesClock } from './engine.ts';
import type { Command } from './requests.ts';
import type { Scenario } from './scenario.ts';
import { personFor } from './who.ts';

/** The patient's zone from an instant on. */
export type ZoneChange = { readonly at: Instant; readonly zone: string };

/** A scenario may say how an address behaves, or that somebody comes along, instead of naming who: as it does for the patient. */
const addressed = (data: Data, patient: Scenario['patient']): Data => ({
  ...data,
  ...(isWord(ADDRESSES.mobile, data.mobile) && { mobile: ADDRESSES.mobile[data.mobile] }),
  ...(isWord(ADDRESSES.email, data.email) && { email: ADDRESSES.email[data.email] }),
  ...(data.chaperone === 'named' &&
    patient.chaperone === 'none' &&
    data.mobile === undefined && { ...CHAPERONE, ...data }),
});
const isWord = <T extends object>(words: T, value: unknown): value is keyof T =>
  typeof value === 'string' && Object.hasOwn(words, value);

/** Gives a scenario's commands, each at its instant or after its recorded end. */
export const commanding = (
  machine: Pick<OneMachine, 'journey' | 'postCommand'> & { readonly clock: PeoplesClock },
  scenario: Scenario,
) => {
  const given = new Set<Command>();
  const zones: ZoneChange[] = [{ at: scenario.start, zone: scenario.patient.zone }];
  const numbered = anchorCounter();

  const give = async (command: Command, journeyId: string) => {
    const { by, reason, data } = command;
    const journey = await machine.journey(journeyId);
    const id = by.id ?? personFor({ clinic: scenario.clinic, role: by.role, journey })?.id ?? by.role;
    const commandId = `scenario-${scenario.commands.indexOf(command) + 1}`;
    const request = {
      journeyId,
      command: command.command,
      by: { role: by.role, id },
      data: addressed(data, scenario.patient),
      commandId,
    };
    const { accepted } = await machine.postCommand(reason === undefined ? request : { ...request, reason });
    if (accepted && command.command === 'change-contact' && typeof data.zone === 'string')
      zones.push({ at: machine.clock.now(), zone: data.zone });
  };

  const plan = (command: Command, at: Instant, journeyId: string) => {
    given.add(command);
    machine.clock.at(toMs(at), () => give(command, journeyId));
  };

  const reached = (anchor: CommandAnchor, occurrence: number, at: Instant, journeyId: string) => {
    for (const command of scenario.commands)
      if (command.after === anchor && (command.occurrence ?? 1) === occurrence)
        plan(command, plusLocal(at, command.plus ?? 'PT0S', scenario.patient.zone), journeyId);
  };

  return {
    /** Puts on the clock what does not wait for a recorded end. */
    begin(journeyId: string, at: Instant) {
      for (const command of scenario.commands) if (command.at !== undefined) plan(command, command.at, journeyId);
      reached('request', 1, at, journeyId);
    },
    /** Hears what happened: plans the commands that waited for it. */
    hear({ journeyId, at, entry }: AuditEvent) {
      const end = numbered(entry);
      if (end !== undefined) reached(end.anchor, end.occurrence, at, journeyId);
    },
    /** Commands whose recorded end never came. */
    unused: (): readonly Command[] => scenario.commands.filter((command) => !given.has(command)),
    /** Where the patient lived, from when on; in order of time. */
    zones: (): readonly ZoneChange[] => zones,
  };
};
