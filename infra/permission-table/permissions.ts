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

/** What a statement allows, in words that a reviewer reads. */
export type Permission = { readonly actions: string; readonly on: string; readonly condition: string };

const condition = (conditions: Json | undefined): string => {
  const tests = Object.values(isFields(conditions) ? conditions : {}).flatMap((test) =>
    Object.entries(isFields(test) ? test : {}),
  );
  return tests.map(([key, value]) => ` if ${key} is ${listOf(value).map(said).join(' or ')}`).join('');
};

const permission = (fields: Json): Permission =>
  isFields(fields)
    ? {
        actions: listOf(fields.Action).map(said).join(' '),
        on: listOf(fields.Resource).map(said).join(', '),
        condition: condition(fields.Condition).trim(),
      }
    : { actions: '', on: '', condition: '' };

/** The part of a template that is read here. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;

/** What each role may do, by the logical id of the role without `Role`: its own statements, then the policies that it shares with others. */
export const permissionsOf = (
  resources: Resources,
): Readonly<Record<string, { readonly own: readonly Permission[]; readonly shared: readonly string[] }>> => {
  const statements = (id: string): readonly Permission[] => {
    const properties = resources[id]?.Properties;
    const document = isFields(properties) ? properties.PolicyDocument : undefined;
    return listOf(isFields(document) ? document.Statement : undefined).map(permission);
  };
  const roles = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return Object.fromEntries(
    roles.map(([id, { Properties }]) => {
      const name = id.replace(/Role$/, '');
      const policies = listOf(isFields(Properties) ? Properties.ManagedPolicyArns : undefined).map(said);
      const isOwn = (policy: string) => policy.endsWith('Policy') && policy.startsWith(name);
      return [
        name,
        { own: policies.filter(isOwn).flatMap(statements), shared: policies.filter((policy) => !isOwn(policy)) },
      ];
    }),
  );
};
