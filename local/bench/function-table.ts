import { type FunctionStart, SLOWEST_START } from './function-starts.ts';

const column = (text: string, width: number): string => text.padStart(width);

/** The heading of the table. */
export const startsHeading = (): string =>
  `${'function'.padEnd(22)}${column('bytes', 11)}${column('data', 11)}${column('ms', 7)}${column('ratio', 8)}${column('processor', 11)}${column('ratio', 8)}`;

/** One function as a line; what takes too long is marked. */
export const startLine = ({
  name,
  bytes,
  data,
  milliseconds,
  ratio,
  processor,
  processorRatio,
}: FunctionStart): string =>
  `${name.padEnd(22)}${column(bytes.toLocaleString('en-US'), 11)}${column(data.toLocaleString('en-US'), 11)}${column(milliseconds.toFixed(0), 7)}${column(ratio.toFixed(2), 8)}${column(processor.toFixed(0), 11)}${column(processorRatio.toFixed(2), 8)}${
    ratio > SLOWEST_START ? `  more than ${SLOWEST_START}` : ''
  }`;
