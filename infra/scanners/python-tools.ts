import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The scanners cannot run here; the message is one line and says what is missing. */
export class NoScanners extends Error {
  override readonly name = 'NoScanners';
}

const requirements = join(import.meta.dirname, 'requirements.txt');
const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };

const version = (python: string): string => {
  try {
    return execFileSync(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], quiet).trim();
  } catch {
    return '0.0';
  }
};

const isRecent = (found: string): boolean => {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 10);
};

/**
 * The folder of programs of a Python environment that holds the scanners in their pinned versions, made on first use (about a minute,
 * 420 MB, in the user's cache, so that another clone has it too). Throws NoScanners.
 */
export const scannerFolder = (): string => {
  const pins = readFileSync(requirements, 'utf8');
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const name = createHash('sha256').update(pins).digest('hex').slice(0, 12);
  const folder = join(cache, 'throughline', `scanners-${name}`);
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const done = join(folder, 'complete');
  if (existsSync(done)) return bin;
  const python = ['python3', 'python'].find((each) => isRecent(version(each)));
  if (python === undefined) throw new NoScanners('no Python 3.10 or newer');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync(python, ['-m', 'venv', folder], quiet);
    execFileSync(join(bin, 'pip'), ['install', '--quiet', '--requirement', requirements], quiet);
  } catch {
    throw new NoScanners('Python could not install cfn-lint and checkov (no network, or no venv)');
  }
  writeFileSync(done, pins);
  return bin;
};
