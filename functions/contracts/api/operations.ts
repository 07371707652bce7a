import type * as z from 'zod';
import { appointmentOperations } from './appointments.ts';
import { careOperations } from './care.ts';
import { clinicOperations } from './clinic.ts';
import { commandOperations } from './commands.ts';
import { exportOperations } from './export.ts';
import { journeyOperations } from './journeys.ts';
import { noteOperations } from './notes.ts';
import type { Operation } from './operation.ts';
import { statisticsOperations } from './statistics.ts';
import { taskOperations } from './tasks.ts';

/** Everything that the API does with the record; psychotherapy notes are no part of it. */
export const RECORD_OPERATIONS = {
  ...clinicOperations,
  ...commandOperations,
  ...journeyOperations,
  ...careOperations,
  ...taskOperations,
  ...appointmentOperations,
  ...exportOperations,
  ...statisticsOperations,
} as const satisfies Record<string, Operation>;

/** Everything that the API does: the routes, the validation, the types and the document are made of this table. */
export const OPERATIONS = { ...RECORD_OPERATIONS, ...noteOperations } as const satisfies Record<string, Operation>;
export type OperationName = keyof typeof OPERATIONS;

type Of<N extends OperationName> = (typeof OPERATIONS)[N];
/** What an operation is asked with, as its schemas read it. */
export type Params<N extends OperationName> = z.output<Of<N>['params']>;
export type Asked<N extends OperationName> = z.output<Of<N>['query']>;
export type Body<N extends OperationName> = z.output<Of<N>['body']>;
export type Answer<N extends OperationName> = z.input<Of<N>['answer']>;
