/** What a deploy would take away from what the clinic keeps; it goes by the resource's logical id, by which it may be confirmed. */
export type Loss = { readonly id: string; readonly what: string };

type Json = unknown;
type Resource = { readonly Type?: string; readonly Properties?: Json; readonly DeletionPolicy?: string };
export type Template = { readonly Resources: Readonly<Record<string, Resource>> };

/**
 * What holds what patients told or what the law asks for, and which of its properties CloudFormation can change only by making a new one
 * (Template Reference, "Update requires: Replacement").
 */
const HOLDS_DATA: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled'],
  'AWS::Backup::BackupVault': ['BackupVaultName', 'EncryptionKeyArn'],
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
};

/** Numbers that say how long something is kept; where one is missing, it is kept for ever. */
const KEEPS: ReadonlySet<string> = new Set([
  'RetentionInDays',
  'RetentionDays',
  'RecoveryPeriodInDays',
  'DeleteAfterDays',
  'ExpirationInDays',
  'MessageRetentionPeriod',
]);

/** Switches that keep data from being lost. */
const GUARDS: ReadonlySet<string> = new Set([
  'DeletionProtectionEnabled',
  'PointInTimeRecoveryEnabled',
  'EnableKeyRotation',
  'IsLogging',
]);

const isFields = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldOf = (value: Json, key: string): Json => (isFields(value) ? value[key] : undefined);

const same = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Every number of days and every guard below a value, by its path. */
const kept = (value: Json, path: string): readonly (readonly [path: string, key: string, value: Json])[] => {
  if (Array.isArray(value)) return value.flatMap((each, index) => kept(each, `${path}[${index}]`));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return KEEPS.has(key) || GUARDS.has(key) ? [[at, key, each] as const] : kept(each, at);
  });
};

const weakened = (before: Json, after: Json): readonly string[] => {
  const next = new Map(kept(after, '').map(([path, , value]) => [path, value]));
  return kept(before, '').flatMap(([path, key, value]) => {
    const now = next.get(path);
    if (GUARDS.has(key)) return value === true && now !== true ? [`${path} would be switched off`] : [];
    if (typeof value !== 'number') return [];
    if (typeof now === 'number') return now < value ? [`${path} would be shortened from ${value} to ${now}`] : [];
    // Without the number a log is kept for ever; a rule of a backup plan that goes makes no more copies.
    return key === 'DeleteAfterDays' ? [`${path} of ${value} would be dropped`] : [];
  });
};

const lossesOf = (before: Resource, after: Resource | undefined): readonly string[] => {
  const replacing = HOLDS_DATA[before.Type ?? ''];
  if (after === undefined || after.Type !== before.Type)
    return replacing === undefined ? [] : [`${before.Type} would be left behind, and no longer be used`];
  const { Properties: was } = before;
  const { Properties: will } = after;
  const replaced = (replacing ?? [])
    .filter((key) => !same(fieldOf(was, key), fieldOf(will, key)))
    .map((key) => `${before.Type} would be replaced, since ${key} changes`);
  const released =
    replacing !== undefined &&
    /^Retain/.test(before.DeletionPolicy ?? '') &&
    !/^Retain/.test(after.DeletionPolicy ?? '')
      ? [`${before.Type} would be deleted with the stack`]
      : [];
  return [...replaced, ...released, ...weakened(was, will).map((what) => `${before.Type} ${what}`)];
};

/** What the next template would take away from what the deployed one keeps: a table or a key replaced, a retention shortened. */
export const losses = (deployed: Template, next: Template): readonly Loss[] =>
  Object.entries(deployed.Resources).flatMap(([id, before]) =>
    lossesOf(before, next.Resources[id]).map((what) => ({ id, what })),
  );

/** The losses that nobody has confirmed, one line each. */
export const unconfirmed = (found: readonly Loss[], confirmed: readonly string[]): readonly string[] =>
  found
    .filter(({ id }) => !confirmed.includes(id))
    .map(({ id, what }) => `${id}: ${what}; --confirm ${id} if that is meant`);
