import type { Hono } from 'hono';
import { newLinkId, systemClock } from '../../runtime/clock.ts';
import { clinicTimetable } from '../../stores/clinic-timetable.ts';
import { answerAppointmentByLink } from '../../stores/journey/appointment-links.ts';
import { postCommand } from '../../stores/journey/commands.ts';
import { decideTask } from '../../stores/journey/decide-task.ts';
import { answerByLink, proveLink, seeLink } from '../../stores/journey/links.ts';
import { answerPickUpByLink } from '../../stores/journey/pick-up-links.ts';
import { proposeBooking, proposeTimes } from '../../stores/journey/propose-times.ts';
import { requestConsult } from '../../stores/journey/request-consult.ts';
import { sendAgain } from '../../stores/journey/send-again.ts';
import { takeTask } from '../../stores/journey/take-task.ts';
import { limits } from '../../stores/limits.ts';
import { readingStore } from '../../stores/reading-store.ts';
import { api } from '../app/api.ts';
import { clientKey, gatewaySource } from '../app/client-key.ts';
import { cursorsUnder } from '../app/cursors.ts';
import type { Served } from '../app/gateway.ts';
import { journeyPorts, wireAct } from './journeys.ts';
import { issuedTokens, withSecret } from './served.ts';

const applicationWith = (keyFor: (use: string) => Uint8Array): Hono => {
  const ports = journeyPorts();
  return api({
    journeys: {
      requestConsult: wireAct(requestConsult),
      postCommand: wireAct(postCommand),
      decideTask: wireAct(decideTask),
      takeTask: wireAct(takeTask),
      proposeTimes: wireAct(proposeTimes),
      proposeBooking: wireAct(proposeBooking),
      sendAgain: wireAct(sendAgain),
      seeLink: wireAct(seeLink),
      proveLink: wireAct(proveLink),
      answerByLink: wireAct(answerByLink),
      answerAppointmentByLink: wireAct(answerAppointmentByLink),
      answerPickUpByLink: wireAct(answerPickUpByLink),
    },
    reading: readingStore(ports),
    library: ports.library,
    timetable: clinicTimetable(ports),
    now: systemClock,
    tokens: issuedTokens(),
    cursors: cursorsUnder(keyFor('cursors')),
    limits: limits({ ...ports, key: keyFor('limits') }),
    clientOf: (context) => clientKey(gatewaySource(context)),
    newId: newLinkId,
  });
};

/** The API on AWS: Cognito's tokens, the clinic's table, and cursors under a secret that every process shares. */
export const wireApi = (): Served => withSecret(applicationWith);
