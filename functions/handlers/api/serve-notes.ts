import { GatewayAnswer, GatewayRequest } from '../../contracts/gateway-events.ts';
import { frame } from '../../runtime/frame.ts';
import { behindGateway } from '../app/gateway.ts';
import { wireNotes } from '../wiring/notes.ts';

/** Answers a request for psychotherapy notes: nothing else can read their table (ADR 0022). */
export const step = {
  name: 'serve-notes',
  input: GatewayRequest,
  output: GatewayAnswer,
  wire: wireNotes,
  run: behindGateway,
};
export const handler = frame(step);
