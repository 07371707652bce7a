import { type DeployedClinic, deployedClinic } from './deployed-clinic.ts';
import { bootstrap, type Deployment, deploy, deploymentOfSeconds, STAGE } from './deployment.ts';
import { type Emulator, startEmulator } from './emulator.ts';

/** The stack as it is, deployed on an emulator of its own. */
export type Standing = {
  readonly emulator: Emulator;
  readonly deployment: Deployment;
  readonly clinic: DeployedClinic;
};

/** Starts an emulator and deploys the stack on it; what was started is ended again where that fails. */
export const stand = async ({ iam }: { readonly iam: boolean }): Promise<Standing> => {
  const deployment = deploymentOfSeconds();
  let emulator: Emulator | undefined;
  try {
    emulator = await startEmulator({ iam, folder: deployment.folder });
    await bootstrap(emulator, deployment);
    await deploy(emulator, deployment);
    return { emulator, deployment, clinic: deployedClinic(emulator, STAGE) };
  } catch (error) {
    await emulator?.stop();
    deployment.remove();
    throw error;
  }
};

/** Ends all of it. */
export const takeDown = async (standing: Standing | undefined): Promise<void> => {
  standing?.clinic.close();
  await standing?.emulator.stop();
  standing?.deployment.remove();
};
