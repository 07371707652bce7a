import type { Template } from 'aws-cdk-lib/assertions';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** An ARN or a reference as a person would say it: the resource's id, or the ARN without partition, region and account. */
const said = (value: Json): string => {
  if (!isFields(value)) return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (Ref !== undefined)
    return String(Ref).startsWith('AWS::') ? (Ref === 'AWS::Region' ? '<region>' : '') : String(Ref);
  if (attribute !== undefined) {
    const [id, name] = listOf(attribute);
    return name === 'Arn' ? String(id) : `${id}.${name}`;
  }
  const [, parts] = listOf(join);
  return listOf(parts)
    .map(said)
    .join('')
    .replace(/^arn::([\w-]+):<region>::/, '$1:');
};

const condition = (conditions: Json | undefined): string => {
  const tests = Object.values(isFields(conditions) ? conditions : {}).flatMap((test) =>
    Object.entries(isFields(test) ? test : {}),
  );
  return tests.map(([key, value]) => ` if ${key} is ${listOf(value).map(said).join(' or ')}`).join('');
};

const statement = (fields: Json): string =>
  isFields(fields)
    ? `${listOf(fields.Action).map(said).join(' ')} on ${listOf(fields.Resource).map(said).join(', ')}${condition(fields.Condition)}`
    : '';

/** What each role may do, one line a statement, by the logical id of the role without `Role`. */
export const permissionsIn = (template: Template): Readonly<Record<string, readonly string[]>> => {
  const policies: Readonly<Record<string, Fields>> = template.findResources('AWS::IAM::ManagedPolicy');
  const statements = (id: string) => {
    const properties = policies[id]?.Properties;
    const document = isFields(properties) ? properties.PolicyDocument : undefined;
    return listOf(isFields(document) ? document.Statement : undefined).map(statement);
  };
  const roles: Readonly<Record<string, Fields>> = template.findResources('AWS::IAM::Role');
  return Object.fromEntries(
    Object.entries(roles).map(([id, { Properties }]) => [
      id.replace(/Role$/, ''),
      listOf(isFields(Properties) ? Properties.ManagedPolicyArns : undefined)
        .map(said)
        .flatMap((policy) =>
          policy.endsWith('Policy') && policy.startsWith(id.replace(/Role$/, '')) ? statements(policy) : [policy],
        ),
    ]),
  );
};
