import * as z from 'zod';

/** What differs from one deployment to the next; everything else is the same everywhere. Account and region come from the shell. */
const Settings = z.strictObject({
  /** First part of every name: short, because an execution's or schedule's name ends at 64 or 80 characters. */
  stage: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'a stage is 2 to 12 of a-z and 0-9, and begins with a letter'),
  /** A neutral sender of a domain that SES has verified. */
  emailFrom: z
    .string()
    .regex(/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/, 'a sender is "Name <address@domain>"')
    .default('Cedar Clinic <care@cedar.example>'),
  /** A pool, phone number or sender id of AWS End User Messaging, as `<type>/<id>`. */
  smsOrigination: z
    .string()
    .regex(
      /^(pool|phone-number|sender-id)\/[\w/-]+$/,
      'an origination is pool/<id>, phone-number/<id> or sender-id/<id>/<country>',
    )
    .default('pool/pool-00000000000000000000000000000000'),
  /** Who hears of an alarm; nobody until it is set. */
  alarmEmail: z.email().optional(),
  /** Days that logs are kept; they hold ids and no facts. */
  logRetentionDays: z.literal([30, 90, 180, 365, 731]).default(365),
  /** Days that published domain events can be replayed. */
  eventArchiveDays: z.int().min(1).max(3650).default(90),
});

export type Settings = z.infer<typeof Settings>;

/** The settings are wrong; the message has one line per problem. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

/** Reads the settings of one stage from the `stages` of cdk.json, with defaults; throws WrongSettings. */
export const settingsOf = (stages: unknown, stage: unknown): Settings => {
  const table = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(stages);
  const chosen = z.string().safeParse(stage);
  if (!table.success || !chosen.success) throw new WrongSettings('cdk.json needs "stage" and "stages" in its context');
  const own = table.data[chosen.data];
  if (own === undefined)
    throw new WrongSettings(`stage "${chosen.data}" is not among ${Object.keys(table.data).join(', ')} in cdk.json`);
  const { data, error } = Settings.safeParse({ ...own, stage: chosen.data });
  if (data !== undefined) return data;
  throw new WrongSettings(
    error.issues.map(({ path, message }) => `${chosen.data}.${path.join('.')}: ${message}`).join('\n'),
  );
};
