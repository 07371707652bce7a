import type { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { GatewayAnswer, GatewayRequest } from '../../contracts/gateway-events.ts';
import { frame } from '../../runtime/frame.ts';
import { wireApi } from '../wiring/api.ts';

type Deps = {
  /** The API over what it stands on; rejects where a secret of the deployment cannot be read yet. */
  readonly application: () => Promise<Hono>;
};

/** Texts go out as they are; what is left, such as an image, as base64. */
const isContentTypeBinary = (type: string): boolean => !/^text\/|[/+](json|xml)\b/i.test(type);

const eventOf = (request: GatewayRequest): LambdaEvent => {
  const event = {
    ...request,
    version: '1.0',
    resource: '',
    headers: {},
    multiValueHeaders: request.multiValueHeaders ?? {},
    multiValueQueryStringParameters: request.multiValueQueryStringParameters ?? {},
  };
  // The adapter reads nothing of the context but the name of the host.
  return event as LambdaEvent;
};

/** Answers a request of the API: the same application as on one machine. */
export const serveApi =
  ({ application }: Deps) =>
  async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const serve = handle(await application(), { isContentTypeBinary });
    const { multiValueHeaders = {}, statusCode, body, isBase64Encoded } = await serve(eventOf(request));
    return { statusCode, multiValueHeaders, body, isBase64Encoded };
  };

export const step = { name: 'serve-api', input: GatewayRequest, output: GatewayAnswer, wire: wireApi, run: serveApi };
export const handler = frame(step);
