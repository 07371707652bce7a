import { env } from './env.ts';

/** Where AWS's services are said to listen instead of at their own addresses, as the SDK reads it: an emulator, or a clinic's own endpoint. */
export const dynamoEndpoint = (): string | undefined =>
  process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL;

/**
 * The region and the role of a function, as Lambda gives them in its environment, where they stay the same as long as the process lives;
 * throws SettingMissing.
 */
export const roleAccess = () => ({
  region: env('AWS_REGION'),
  credentials: {
    accessKeyId: env('AWS_ACCESS_KEY_ID'),
    secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
    ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
  },
  endpoint: dynamoEndpoint(),
});
