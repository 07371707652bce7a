import * as z from 'zod';

const lists = z.record(z.string(), z.array(z.string()));

/** A request as API Gateway hands it over (REST API, Lambda proxy integration); the rest of the event is left behind. */
export const GatewayRequest = z.object({
  httpMethod: z.string().min(1),
  /** Below the stage, still as the caller wrote it. */
  path: z.string().startsWith('/'),
  multiValueHeaders: lists.nullable(),
  multiValueQueryStringParameters: lists.nullable(),
  body: z.string().nullable(),
  isBase64Encoded: z.boolean(),
  /** The host that was asked; it stands in the header `Host` as well. */
  requestContext: z.object({
    domainName: z.string().min(1).optional(),
    /** Where the request came from: what is open to everybody is limited by it. */
    identity: z.object({ sourceIp: z.string().min(1) }).optional(),
  }),
});
export type GatewayRequest = z.infer<typeof GatewayRequest>;

/** The answer as API Gateway takes it. */
export const GatewayAnswer = z.strictObject({
  statusCode: z.int().min(100).max(599),
  multiValueHeaders: lists,
  body: z.string(),
  isBase64Encoded: z.boolean(),
});
export type GatewayAnswer = z.infer<typeof GatewayAnswer>;
