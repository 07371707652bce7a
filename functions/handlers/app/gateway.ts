import type { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import type { GatewayAnswer, GatewayRequest } from '../../contracts/gateway-events.ts';

export type Served = {
  /** An application over what it stands on; rejects where a secret of the deployment cannot be read yet. */
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

/** Answers a request of API Gateway by an application. */
export const behindGateway =
  ({ application }: Served) =>
  async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const serve = handle(await application(), { isContentTypeBinary });
    const { multiValueHeaders = {}, statusCode, body, isBase64Encoded } = await serve(eventOf(request));
    return { statusCode, multiValueHeaders, body, isBase64Encoded };
  };
