import type { BILLING_CLASSES, BILLING_STEPS, Consent, Language, TaskKind } from '../../../domain/names.ts';
import type { Standing } from '../../../stores/journey/link-standing.ts';

/** How a form asks for the answer to a task. */
export type Asked = {
  readonly title: string;
  readonly text: string;
  readonly answers: Readonly<Record<string, string>>;
  /** What follows from an answer. */
  readonly next?: Readonly<Record<string, string>>;
  /** Whether whom to call in need stands with the questions. */
  readonly showsHelp?: boolean;
  /** What somebody may write beside their answer. */
  readonly note?: string;
};

/** Whether a standing is told in words; what is open, or to be proved, has a form. */
export type Told = Exclude<Standing, 'open' | 'to-prove'>;

/** Every word of the pages in one language: `programs/clinic/links.*.json`, which the clinic edits. */
export type Words = {
  readonly prove: { readonly title: string; readonly text: string; readonly bornOn: string; readonly button: string };
  readonly wrongDate: string;
  readonly choose: string;
  readonly send: string;
  readonly thanks: string;
  readonly yourAnswer: string;
  readonly more: string;
  readonly due: string;
  readonly call: string;
  readonly refused: string;
  readonly again: string;
  /** That a form waits which has no words here. */
  readonly byTelephone: string;
  readonly tooMany: { readonly title: string; readonly text: string };
  readonly standing: Readonly<Record<Told, { readonly title: string; readonly text: string }>>;
  readonly tasks: Readonly<Partial<Record<TaskKind, Asked>>>;
  readonly visit: {
    readonly title: string;
    readonly text: string;
    /** What somebody says of it, by what they choose. */
    readonly answers: Readonly<Record<'come' | 'call' | 'cancel', string>>;
    readonly otherTime: string;
  };
  /** Of a chaperone, who is told of a pick-up and of nothing else. */
  readonly pickUp: Asked;
  readonly consents: Readonly<Record<Consent, string>>;
  readonly steps: Readonly<Record<(typeof BILLING_STEPS)[number], string>>;
  readonly billing: Readonly<Record<(typeof BILLING_CLASSES)[number], string>>;
  /** What stands in the fields of a form; places in braces are filled in. */
  readonly fields: Readonly<Record<'notAnswered' | 'notKnown' | 'none' | 'yes' | 'no' | 'range' | 'open', string>>;
  /** What is wrong with an answer. */
  readonly problems: Readonly<
    Record<'atMost' | 'atLeast' | 'wholeNumber' | 'number' | 'contradiction' | 'other', string>
  >;
  /** The names of a record and of its choices, where patients read others than staff. */
  readonly record: Readonly<Record<string, string>>;
};

export type WordsOf = Readonly<Record<Language, Words>>;
