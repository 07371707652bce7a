import { GatewayAnswer, GatewayRequest } from '../../contracts/gateway-events.ts';
import { frame } from '../../runtime/frame.ts';
import { behindGateway } from '../app/gateway.ts';
import { wireApi } from '../wiring/api.ts';

/** Answers a request of the API: the same application as on one machine, but for psychotherapy notes. */
export const step = {
  name: 'serve-api',
  input: GatewayRequest,
  output: GatewayAnswer,
  wire: wireApi,
  run: behindGateway,
};
export const handler = frame(step);
