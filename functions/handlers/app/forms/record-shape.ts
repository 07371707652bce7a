import * as z from 'zod';

type JsonSchema = z.core.JSONSchema._JSONSchema;

/** What a form asks for at one place of a record, as its schema says. */
export type Shape = (
  | { readonly is: 'parts'; readonly parts: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly is: 'rows'; readonly row: Shape }
  | { readonly is: 'several'; readonly choices: readonly Choice[] }
  | { readonly is: 'one'; readonly choices: readonly Choice[] }
  | {
      readonly is: 'number';
      readonly whole: boolean;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly is: 'yes-no' | 'time' | 'day' | 'words' | 'text' | 'long-text' }
) & {
  /** The words of the schema's own, such as the text of a question. */
  readonly title?: string | undefined;
  /** What has to stand below it. */
  readonly notice?: string | undefined;
  /** Whether it may be answered by "not known". */
  readonly open: boolean;
};
export type Choice = { readonly value: string | number; readonly words: string | undefined };

/** A schema says something that no field of a form is there for. */
export class NoFieldFor extends Error {
  override readonly name = 'NoFieldFor';
  constructor(found: JsonSchema) {
    super(`no field of a form asks for ${JSON.stringify(found)}`);
  }
}

/** Longer texts than this have more than one line. */
const ONE_LINE = 200;

const choicesOf = (schema: z.core.JSONSchema.BaseSchema): readonly Choice[] | undefined => {
  const named = (each: JsonSchema): Choice[] =>
    typeof each === 'object' && (typeof each.const === 'string' || typeof each.const === 'number')
      ? [{ value: each.const, words: each.title }]
      : [];
  if (schema.enum !== undefined)
    return schema.enum.flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' ? [{ value, words: undefined }] : [],
    );
  const choices = schema.anyOf?.flatMap(named) ?? named(schema);
  return choices.length > 0 && choices.length === (schema.anyOf?.length ?? 1) ? choices : undefined;
};

const textShape = ({ format, maxLength = 0 }: z.core.JSONSchema.BaseSchema) => {
  if (format === 'date-time') return { is: 'time' } as const;
  if (format === 'date') return { is: 'day' } as const;
  return { is: maxLength > ONE_LINE ? 'long-text' : 'text' } as const;
};

const listShape = (items: JsonSchema | undefined) => {
  const row = shapeIn(items ?? {});
  if (row.is === 'one') return { is: 'several', choices: row.choices } as const;
  if (row.is === 'text') return { is: 'words' } as const;
  return { is: 'rows', row } as const;
};

const filledShape = (schema: z.core.JSONSchema.BaseSchema, type: string | undefined) => {
  const { properties = {}, items, minimum, maximum } = schema;
  const choices = choicesOf(schema);
  if (choices !== undefined) return { is: 'one', choices } as const;
  if (type === 'object')
    return {
      is: 'parts',
      parts: Object.entries(properties).map(([name, part]) => [name, shapeIn(part)] as const),
    } as const;
  if (type === 'array') return listShape(Array.isArray(items) ? items[0] : items);
  if (type === 'boolean') return { is: 'yes-no' } as const;
  if (type === 'number' || type === 'integer')
    return { is: 'number', whole: type === 'integer', min: minimum, max: maximum } as const;
  if (type === 'string') return textShape(schema);
  throw new NoFieldFor(schema);
};

const shapeIn = (found: JsonSchema): Shape => {
  if (typeof found === 'boolean') throw new NoFieldFor(found);
  const { title } = found;
  const [only, ...others] = (found.anyOf ?? []).filter((each) => typeof each === 'object' && each.type !== 'null');
  if (found.anyOf !== undefined && only !== undefined && others.length === 0)
    return { ...shapeIn(only), ...(title !== undefined && { title }), open: found.anyOf.length > 1 };
  const types: readonly (string | undefined)[] = Array.isArray(found.type) ? found.type : [found.type];
  const type = types.find((each) => each !== 'null');
  const notice = type === 'object' ? found.description : undefined;
  return { ...filledShape(found, type), title, notice, open: types.includes('null') };
};

/** The fields of a form for a record, from the schema that reads it. Throws NoFieldFor. */
export const shapeOf = (schema: z.ZodObject): Shape & { is: 'parts' } => {
  const found = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const shape = shapeIn(found);
  if (shape.is !== 'parts') throw new NoFieldFor(found);
  return shape;
};
