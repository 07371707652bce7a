import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { METRICS } from '../../functions/contracts/watching.ts';
import { theTemplate } from './support/stack.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/cost.md'), 'utf8');
const [, idle = ''] = /## An idle month([\s\S]*?)\n## /.exec(page) ?? [];
const rows = [...idle.matchAll(/^\| (\S.*?) \| ([\d,]+) \| ([\d.]+) \|/gm)].map(([, what, many, usd]) => ({
  what,
  many: Number(many?.replaceAll(',', '')),
  usd: Number(usd),
}));
const rowOf = (what: string) => rows.find((row) => row.what === what);

it('the idle month of docs/cost.md counts what the template has', () => {
  const template = theTemplate();
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  const looked = alarms.reduce((sum, { Properties }) => {
    const metrics: readonly { MetricStat?: unknown }[] = Properties.Metrics ?? [{ MetricStat: {} }];
    return sum + metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  }, 0);
  const keys = Object.keys(template.findResources('AWS::KMS::Key')).length;
  const filtered = Object.keys(template.findResources('AWS::Logs::MetricFilter')).length;
  const own = Object.keys(METRICS).length + filtered;
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  const rules = acl?.Properties.Rules.length;
  const secrets = Object.keys(template.findResources('AWS::SecretsManager::Secret')).length;
  expect(rowOf('CloudWatch, metrics that alarms look at')).toMatchObject({
    many: looked,
    usd: Number((looked * 0.1).toFixed(2)),
  });
  expect(rowOf('KMS, keys')).toMatchObject({ many: keys, usd: keys });
  expect(rowOf('CloudWatch, metrics of our own')).toMatchObject({ many: own, usd: Number((own * 0.3).toFixed(2)) });
  expect(rowOf('WAF, the firewall')).toMatchObject({ many: 1, usd: 5 });
  expect(rowOf('WAF, its rules')).toMatchObject({ many: rules, usd: rules });
  expect(rowOf('Secrets Manager, secrets')).toMatchObject({ many: secrets, usd: Number((secrets * 0.4).toFixed(2)) });
  const total = rows.reduce((sum, { usd }) => sum + usd, 0) + 0.1;
  expect(page).toContain(`| **an idle stage** | | **${total.toFixed(2)}** |`);
});
