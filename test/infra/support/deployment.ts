import { chosenSettings, type Deployment } from '../../../infra/settings/read-settings.ts';

/** The deployment of the stage `test`, as the development stage has it otherwise. */
export const testDeployment = (changes: Partial<Deployment> = {}): Deployment => ({
  ...chosenSettings('dev', undefined),
  stage: 'test',
  ...changes,
});
