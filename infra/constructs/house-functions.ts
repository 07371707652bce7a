import { Construct } from 'constructs';
import { deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { HouseFunction, type HouseFunctionProps } from './house-function.ts';

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(deployedFunctions, name);

/** Every function of the table, in its order. */
export const functionNames: readonly FunctionName[] = Object.keys(deployedFunctions).filter(isFunctionName);

/** All deployed functions. Synth fails while one of them is called by nothing: no machine, no event, no person. */
export class HouseFunctions extends Construct {
  readonly all: ReadonlyMap<FunctionName, HouseFunction>;
  private readonly called = new Set<FunctionName>();

  constructor(scope: Construct, props: Omit<HouseFunctionProps, 'name'>) {
    super(scope, 'Functions');
    this.all = new Map(functionNames.map((name) => [name, new HouseFunction(this, { ...props, name })]));
    this.node.addValidation({ validate: () => this.uncalled() });
  }

  /** The function, to be looked at. */
  of(name: FunctionName): HouseFunction {
    const found = this.all.get(name);
    if (found === undefined) throw new Error(`There is no function "${name}"`);
    return found;
  }

  /** The function, for somebody who will call it. */
  toCall(name: FunctionName): HouseFunction {
    this.called.add(name);
    return this.of(name);
  }

  private uncalled(): string[] {
    return functionNames
      .filter((name) => deployedFunctions[name].folder !== 'api' && !this.called.has(name))
      .map((name) => `Function "${name}" is called by no state machine and no event: remove it from deployment.ts`);
  }
}
