import * as z from 'zod';
import { EVENT_TYPES } from '../../functions/contracts/domain-events.ts';
import { LONGEST_ADDRESS } from '../../functions/domain/links/address.ts';

/** What CloudWatch Logs keeps (API_PutRetentionPolicy), of what makes sense here. */
const LOG_DAYS = [30, 90, 180, 365, 731, 1096, 1827, 2192, 3653] as const;

const days = (least: number) => z.int().min(least).max(3653);

/** What a clinic keeps, in days; shortening any of these is asked for by name (infra/deploy-guard). */
const Retention = z.strictObject({
  /** Logs of functions and machines; they hold ids and no facts. */
  logs: z.literal(LOG_DAYS).default(365),
  /** Published domain events, to be replayed. */
  events: days(1).default(90),
  /** Each day's backup of the table, beside its point-in-time recovery of 35 days. */
  dailyBackups: days(35).default(35),
  /** Each month's backup of the table; seven years, since records of care are asked for that long in many states. */
  monthlyBackups: days(90).default(2557),
  /** Who read or wrote the table, from CloudTrail; six years (45 CFR 164.316(b)(2)(i)). */
  trail: days(90).default(2192),
});

const HOST = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/;

/** How people reach the API, and where they come back to after they signed in. */
const Api = z.strictObject({
  /** Addresses of the pages that people sign in from; plain http only on the machine of whoever develops them. */
  callbacks: z
    .array(
      z
        .string()
        .regex(
          /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)(\/[^\s?#*]*)?$/,
          'an address is "https://host/path", or "http://localhost/path", without ? and #',
        ),
    )
    .min(1, 'at least one address')
    .max(100, 'at most 100 addresses'),
  /** A name of the clinic's own for the API, with its certificate; without it people use the address that AWS gives. */
  domain: z
    .strictObject({
      name: z.string().regex(HOST, 'a name is such as "api.cedar.example"'),
      certificate: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
          'a certificate is an ARN of Certificate Manager, in the region of the deployment',
        ),
    })
    .optional(),
});

/** An address of the open internet: with a name that ends in letters, and not one of a network's own. */
const OUTSIDE =
  /^https:\/\/(?![^/:]*\.(local|localhost|internal|home|lan)([:/]|$))([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:\d+)?(\/[^\s?#@]*)?$/i;

/** Another system that is told what happens, at an address of the open internet. */
const Webhook = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'an id is up to 20 of a-z, 0-9 and -, and begins with a letter'),
  url: z
    .string()
    .regex(
      OUTSIDE,
      'an address of the open internet such as "https://ehr.cedar.example/events", without a name, ? and #',
    ),
  /** What it is told; everything unless it is said. */
  events: z.array(z.enum(EVENT_TYPES)).min(1, 'at least one event').optional(),
});

const Webhooks = z
  .array(Webhook)
  .max(20, 'at most 20 systems')
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids that differ');

/** What differs from one deployment to the next; everything else is the same everywhere. */
export const Settings = z.strictObject({
  /** First part of every name: short, because an execution's or schedule's name ends at 64 or 80 characters. */
  stage: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'a stage is 2 to 12 of a-z and 0-9, and begins with a letter'),
  /** Refuses a shell that is signed in elsewhere; without them the shell's account and region are taken. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'an account is 12 digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region is such as us-east-1')
    .optional(),
  /** The clinic's people, rooms, hours and policy: a path from this file. */
  clinic: z.string().min(1),
  email: z.strictObject({
    /** A neutral sender: its domain and its name tell nobody what the treatment is. */
    from: z.string().regex(/^[^<>]+ <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>$/, 'a sender is "Name <address@domain>"'),
    /** Whether this stack makes the domain's identity in SES; the second stage of an account takes the first one's. */
    identity: z.enum(['create', 'existing']).default('create'),
  }),
  sms: z.strictObject({
    /** Registered numbers of AWS End User Messaging that texts go out from; the stack puts them into its pool. */
    phoneNumbers: z
      .array(z.string().regex(/^phone-[0-9a-f]{32}$/, 'the id of a number is "phone-" and 32 of 0-9 and a-f'))
      .min(1, 'at least one number'),
  }),
  alarms: z.strictObject({
    /** Who hears of an alarm and of the bill; nobody while it is empty. */
    emails: z.array(z.email('an e-mail address')),
    /** US dollars a month that the account may cost. */
    monthlyBudget: z.int().min(1).default(200),
  }),
  /**
   * Where the links of e-mails and texts are opened, by a name of the clinic's own that leads to the API; without it they hold none.
   * Short, so that a text with a link stays one SMS.
   */
  publicAddress: z
    .string()
    .regex(/^https:\/\/(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'an address is such as "https://my.cedar.example"')
    .max(LONGEST_ADDRESS, `at most ${LONGEST_ADDRESS} characters`)
    .optional(),
  api: Api,
  /** Other systems that are told of each event, signed (docs/webhooks.md). */
  webhooks: Webhooks.default([]),
  /** Programs of the clinic's own, beside those of programs/: paths from this file. */
  ownPrograms: z.array(z.string().min(1)).default([]),
  retention: Retention.default(Retention.parse({})),
  /** Whether functions may be given concurrency of their own; a new account has 10 for everything, which is too few. */
  reservedConcurrency: z.boolean().default(true),
});

export type Settings = z.infer<typeof Settings>;
