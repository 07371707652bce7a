import type { AwsAccess } from './aws-requests.ts';
import { env } from './env.ts';

/** Where a service of AWS is said to listen instead of at its own address, as the SDK reads it: an emulator, or a clinic's own endpoint. */
export const givenEndpoint = (service: 'DYNAMODB' | 'SECRETS_MANAGER'): string | undefined =>
  process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL;

/**
 * The region and the role of a function, as Lambda gives them in its environment, where they stay the same as long as the process lives;
 * throws SettingMissing.
 */
export const roleAccess = (): Pick<AwsAccess, 'region' | 'credentials'> => ({
  region: env('AWS_REGION'),
  credentials: {
    accessKeyId: env('AWS_ACCESS_KEY_ID'),
    secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
    ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
  },
});
