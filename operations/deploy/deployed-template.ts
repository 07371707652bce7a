import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import type { Template } from './losses.ts';

const Deployed = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** The template of a stack as it is deployed; undefined where the stack is not there yet. */
export const deployedTemplate = async (
  StackName: string,
  client = new CloudFormationClient({}),
): Promise<Template | undefined> => {
  try {
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
    return Deployed.parse(JSON.parse(TemplateBody ?? '{}'));
  } catch (error) {
    // CloudFormation has no name of its own for it (API_GetTemplate).
    const gone = error instanceof CloudFormationServiceException && /does not exist/.test(error.message);
    if (gone) return undefined;
    throw error;
  }
};
