import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scannerAcknowledgements } from './scanners/acknowledgements.ts';
import { cfnLintFindings, checkovFindings, leftOf } from './scanners/findings.ts';
import { NoScanners, scannerFolder } from './scanners/python-tools.ts';

const ASSEMBLY = join(import.meta.dirname, '../cdk.out');
const CHECKOV = ['--framework', 'cloudformation', '--compact', '--quiet', '--skip-download', '--output', 'json'];

/** What a scanner wrote; both end with a status of their own when they found something. */
const said = (program: string, args: readonly string[]): string => {
  const { stdout, stderr, error } = spawnSync(program, [...args], { encoding: 'utf8', maxBuffer: 64_000_000 });
  if (error !== undefined) throw error;
  if (stdout.trim() === '') throw new Error(`${program} wrote nothing: ${stderr.trim()}`);
  return stdout;
};

const templates = (): readonly string[] =>
  existsSync(ASSEMBLY)
    ? readdirSync(ASSEMBLY)
        .filter((file) => file.endsWith('.template.json'))
        .map((file) => join(ASSEMBLY, file))
    : [];

const scan = (): void => {
  const bin = scannerFolder();
  if (process.argv.includes('--ready')) return;
  const files = templates();
  if (files.length === 0) throw new Error('cdk.out holds no template: npm run synth');
  const findings = files.flatMap((file) => [
    ...cfnLintFindings(said(join(bin, 'cfn-lint'), [file, '--format', 'json'])),
    ...checkovFindings(said(join(bin, 'checkov'), ['--file', file, ...CHECKOV])),
  ]);
  const left = leftOf(findings, scannerAcknowledgements);
  for (const line of left) console.error(line);
  console.log(`cfn-lint and checkov: ${findings.length} findings, ${left.length} to put right`);
  if (left.length > 0) process.exitCode = 1;
};

try {
  scan();
} catch (error) {
  if (!(error instanceof NoScanners)) throw error;
  console.log(`skipped: ${error.message}`);
  // A skip is no failure for whoever asks for the scan; whoever asks whether it could run is told.
  if (process.argv.includes('--ready')) process.exitCode = 1;
}
