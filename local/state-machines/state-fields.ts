const jsonata: Record<string, readonly string[]> = {
  Pass: ['Next', 'End', 'Output', 'Assign'],
  Task: [
    'Resource',
    'Arguments',
    'Output',
    'Assign',
    'Next',
    'End',
    'Retry',
    'Catch',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Credentials',
  ],
  Choice: ['Choices', 'Default', 'Output', 'Assign'],
  Wait: ['Seconds', 'Timestamp', 'Output', 'Assign', 'Next', 'End'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
  Parallel: ['Branches', 'Arguments', 'Output', 'Assign', 'Retry', 'Catch', 'Next', 'End'],
  Map: [
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'Output',
    'Assign',
    'Retry',
    'Catch',
    'Next',
    'End',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'Label',
    'Iterator',
  ],
};

const jsonPath: Record<string, readonly string[]> = {
  Pass: ['Next', 'End', 'Assign', 'Result', 'ResultPath', 'Parameters', 'InputPath', 'OutputPath'],
  Succeed: ['InputPath', 'OutputPath'],
  Fail: ['Error', 'Cause', 'ErrorPath', 'CausePath'],
};

const everyState = ['Type', 'Comment', 'QueryLanguage'];

/** Fields that only one query language knows. */
export const languageOnly = {
  JSONata: ['Arguments', 'Output', 'Items', 'Condition'],
  JSONPath: [
    'InputPath',
    'OutputPath',
    'ResultPath',
    'ResultSelector',
    'Parameters',
    'Result',
    'ItemsPath',
    'SecondsPath',
    'TimestampPath',
    'TimeoutSecondsPath',
    'HeartbeatSecondsPath',
    'MaxConcurrencyPath',
    'ErrorPath',
    'CausePath',
    'ToleratedFailureCountPath',
    'ToleratedFailurePercentagePath',
    'Variable',
  ],
} as const;

/** Fields that AWS knows and this runner does not cover. */
export const uncoveredFields = [
  'Credentials',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'Iterator',
  'ErrorPath',
  'CausePath',
];

export type QueryLanguage = 'JSONata' | 'JSONPath';

/** The fields that a type of state has in a query language, or undefined for a type that there is not. */
export const fieldsOf = (type: string, language: QueryLanguage): readonly string[] | undefined => {
  const known = jsonata[type];
  const own = language === 'JSONata' ? known : (jsonPath[type] ?? known);
  return own && [...everyState, ...own];
};

/** The types of state whose JSONPath form the runner covers, as far as literals and reference paths go. */
export const jsonPathTypes = Object.keys(jsonPath);
