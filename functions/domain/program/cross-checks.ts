import type * as z from 'zod';
import { FIT_QUESTIONS, keysOf, MESSAGES } from '../names.ts';
import { NEEDED_GATES } from './gates.ts';
import type { Program } from './program.ts';
import { figuresWithoutProvenance, programPaths } from './provenance.ts';
import { mostDoses } from './series.ts';
import { approximateSeconds } from './values.ts';

type Problem = { path: PropertyKey[]; message: string };

/** A commitment that a gate asks for must have been asked of the patient. */
const commitments = ({ fit, gates }: Program): Problem[] =>
  keysOf(FIT_QUESTIONS)
    .filter(
      (id) =>
        gates.commitment.includes(FIT_QUESTIONS[id]) !== fit.questions.some((each) => each.id === id && each.required),
    )
    .map((id) => ({
      path: ['gates', 'commitment'],
      message: `check ${FIT_QUESTIONS[id]} and required question ${id} go together; both or neither`,
    }));

const emptyGates = ({ gates }: Program): Problem[] =>
  NEEDED_GATES.filter((gate) => gates[gate].length === 0).map((gate) => ({
    path: ['gates', gate],
    message: 'is empty; at least one check',
  }));

const CLEARED = { medical: 'medically-cleared', psychological: 'psychologically-cleared' } as const;

/** Each clearance that is asked for is checked at its gate, and none is checked that nobody gives. */
const clearances = ({ clearances: found, gates }: Program): Problem[] =>
  keysOf(CLEARED)
    .filter((kind) => gates.clearance.includes(CLEARED[kind]) !== found.some((each) => each.kind === kind))
    .map((kind) => ({
      path: ['gates', 'clearance'],
      message: `check ${CLEARED[kind]} and the ${kind} clearance go together; both or neither`,
    }));

/** An ended stage, an evaluation or a rule of response must lie within the series. */
const responses = ({ response, series, measures }: Program): Problem[] =>
  response.flatMap(({ afterDoses, measure }, n) => [
    ...(afterDoses > mostDoses(series)
      ? [
          {
            path: ['response', n, 'afterDoses'],
            message: `dose ${afterDoses} is beyond the series; at most ${mostDoses(series)}`,
          },
        ]
      : []),
    ...(measures.some(({ id }) => id === measure)
      ? []
      : [
          {
            path: ['response', n, 'measure'],
            message: `the program does not ask "${measure}"; one of ${measures.map(({ id }) => id).join(', ')}`,
          },
        ]),
  ]);

/** The next dose, which waits for the integration, must still fit before the spacing's end. */
const nextDose = ({ series: { spacing, stages }, integration }: Program): Problem[] => {
  if (!integration.requiredBeforeNextDose) return [];
  const { opens } = integration.window;
  return [
    { spacing, path: ['series', 'spacing', 'max'] },
    ...stages.map((each, n) => ({ spacing: each.spacing, path: ['series', 'stages', n, 'spacing', 'max'] })),
  ].flatMap(({ spacing: each, path }) =>
    each === undefined || approximateSeconds(each.max) >= approximateSeconds(opens)
      ? []
      : [{ path, message: `${each.max} ends before the integration may start (${opens}); at least that` }],
  );
};

/** Who supervises must be in the room, and a remote dose needs a chaperone and no esketamine (reference 4.1 DD-19). */
const room = ({ dosing }: Program): Problem[] => [
  ...(dosing.roles.includes(dosing.supervisor)
    ? []
    : [
        {
          path: ['dosing', 'supervisor'],
          message: `"${dosing.supervisor}" is not in the room; one of ${dosing.roles.join(', ')}`,
        },
      ]),
  ...(dosing.route === 'intranasal_esketamine' && (dosing.remoteAllowed || dosing.setting === 'home')
    ? [
        {
          path: ['dosing', 'setting'],
          message: 'esketamine is given in the clinic only; setting "clinic" and remoteAllowed false',
        },
      ]
    : []),
];

/** Therapists in the room stand in `roles` too, and the other way round. */
const therapists = ({ dosing }: Program): Problem[] =>
  dosing.roles.includes('therapist') === (dosing.therapistPresent !== 'none')
    ? []
    : [
        {
          path: ['dosing', 'therapistPresent'],
          message: `is "${dosing.therapistPresent}", and roles are ${dosing.roles.join(', ')}; "therapist" among the roles goes with "one" or "two"`,
        },
      ];

/** A review after a dose that the series cannot reach would never be held. */
const reviews = ({ providerReview, series }: Program): Problem[] =>
  (providerReview?.afterDoses ?? []).flatMap((dose, n) =>
    dose > mostDoses(series)
      ? [
          {
            path: ['providerReview', 'afterDoses', n],
            message: `dose ${dose} is beyond the series; at most ${mostDoses(series)}`,
          },
        ]
      : [],
  );

/** Staff messages are not sent by a program's schedule. */
const notices = ({ reminders }: Program): Problem[] =>
  reminders.flatMap(({ message }, n) =>
    MESSAGES[message].class === 'task'
      ? [
          {
            path: ['reminders', n, 'message'],
            message: `"${message}" goes to staff; a message for patients or chaperones`,
          },
        ]
      : [],
  );

const ids = (list: readonly { id: string }[], key: string): Problem[] =>
  list.flatMap(({ id }, n) =>
    list.findIndex((each) => each.id === id) < n
      ? [{ path: [key, n, 'id'], message: `"${id}" is taken by an entry before; each id once` }]
      : [],
  );

const checklist = ({ dischargeChecklist, gates }: Program): Problem[] =>
  dischargeChecklist.flatMap(({ check }, n) =>
    gates.discharge.some((each) => each === check)
      ? []
      : [
          {
            path: ['dischargeChecklist', n, 'check'],
            message: `unknown check "${check}"; one of ${gates.discharge.join(', ')}`,
          },
        ],
  );

const origins = (program: Program): Problem[] => {
  const paths = programPaths(program);
  const tags = Object.keys(program.sources);
  return [
    ...figuresWithoutProvenance(program).map((path) => ({
      path: path.split('.'),
      message: `is a figure without origin; provenance["${path}"] with a source, or "clinicalDecision": "confirm"`,
    })),
    ...Object.entries(program.provenance).flatMap(([path, { source }]) => [
      ...(paths.has(path) ? [] : [{ path: ['provenance', path], message: 'leads nowhere; a path of this program' }]),
      ...(source ?? [])
        .filter((tag) => !tags.includes(tag))
        .map((tag) => ({
          path: ['provenance', path, 'source'],
          message: `unknown source "${tag}"; one of ${tags.join(', ')}`,
        })),
    ]),
    ...(program.promises ?? []).flatMap(({ carriedBy }, n) =>
      carriedBy
        .filter((path) => !paths.has(path))
        .map((path) => ({
          path: ['promises', n, 'carriedBy'],
          message: `"${path}" leads nowhere; a path of this program`,
        })),
    ),
  ];
};

/** What no group of fields can tell alone: parts of a program that must fit one another. */
export const crossCheck = (program: Program, context: z.core.$RefinementCtx): void => {
  const problems = [
    ...commitments(program),
    ...emptyGates(program),
    ...clearances(program),
    ...responses(program),
    ...nextDose(program),
    ...room(program),
    ...therapists(program),
    ...reviews(program),
    ...notices(program),
    ...checklist(program),
    ...ids(program.reminders, 'reminders'),
    ...ids(program.education, 'education'),
    ...ids(program.checkIns ?? [], 'checkIns'),
    ...origins(program),
  ];
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path, message });
};
