import { METRICS, METRICS_NAMESPACE, type Measures, type Metric } from '../contracts/watching.ts';
import { env } from './env.ts';

const isMetric = (name: string): name is Metric => Object.hasOwn(METRICS, name);

/**
 * Writes measures as one line that CloudWatch Logs turns into metrics (embedded metric format): no call, no permission, numbers only.
 * Each is of this deployment's stage.
 */
export const measure = (values: Measures): void => {
  const names = Object.keys(values).filter(isMetric);
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['Stage']],
          Metrics: names.map((Name) => ({ Name, Unit: METRICS[Name] })),
        },
      ],
    },
    Stage: env('STAGE'),
    ...values,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
