import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  deployedFunctions,
  functionPlaceholder,
  machineNames,
  machinePlaceholder,
} from '../../functions/contracts/deployment.ts';
import { keysOf } from '../../functions/domain/names.ts';
import { frozen } from '../../functions/stores/frozen.ts';
import type { StateMachineDefinition } from '../state-machines/runner.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url));

/** What stands for each placeholder of a definition on one machine: names instead of ARNs. */
const names: ReadonlyMap<string, string> = new Map([
  ...keysOf(deployedFunctions).map((name) => [functionPlaceholder(name), name] as const),
  ...machineNames.map((name) => [machinePlaceholder(name), name] as const),
]);

/** A placeholder of a definition names no function and no machine. */
export class UnknownPlaceholder extends Error {
  override readonly name = 'UnknownPlaceholder';
}

const filled = (text: string): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (_, placeholder: string) => {
    const name = names.get(placeholder);
    if (name === undefined) throw new UnknownPlaceholder(`\${${placeholder}} names no function and no machine`);
    return name;
  });

let machines: readonly StateMachineDefinition[] | undefined;

/** The eight state machines from the files that are deployed, read once in a process and shared. */
export const readMachines = (): readonly StateMachineDefinition[] => {
  machines ??= machineNames.map((name) => ({
    name,
    definition: frozen(JSON.parse(filled(readFileSync(fileOf(name), 'utf8')))),
  }));
  return machines;
};
