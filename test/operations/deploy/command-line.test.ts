import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { deployCommand } from '../../../operations/deploy/command-line.ts';
import { deployedTemplate } from '../../../operations/deploy/deployed-template.ts';
import type { Template } from '../../../operations/deploy/losses.ts';

const log = (RetentionInDays: number): Template => ({
  Resources: { OpenTaskFunctionLogs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays } } },
});

const deploying = async (
  args: string[],
  is: { before?: Template | undefined; after?: Template; synth?: number } = {},
) => {
  const ran: string[] = [];
  const said = { stdout: '', stderr: '' };
  const status = await deployCommand(
    args,
    {
      stdout: { write: (text: string) => (said.stdout += text) },
      stderr: { write: (text: string) => (said.stderr += text) },
    },
    {
      cdk: (...words) => {
        ran.push(words.join(' '));
        return words[0] === 'synth' ? (is.synth ?? 0) : 0;
      },
      deployed: async () => is.before,
      next: () => is.after ?? log(365),
    },
  );
  return { status, ran, ...said };
};

describe('A deploy', () => {
  it('synthesizes a stage, finds nothing there yet, and deploys what it synthesized', async () => {
    expect(await deploying(['--stage', 'dev', '--yes'])).toEqual({
      status: 0,
      ran: ['synth --quiet --context stage=dev', 'deploy Throughline-dev --app cdk.out --require-approval never'],
      stdout: '',
      stderr: '',
    });
  });

  it('that would keep logs for less long is refused with status 2, and nothing is deployed', async () => {
    expect(await deploying(['--stage', 'dev'], { before: log(731) })).toEqual({
      status: 2,
      ran: ['synth --quiet --context stage=dev'],
      stdout: '',
      stderr:
        'OpenTaskFunctionLogs: AWS::Logs::LogGroup RetentionInDays would be shortened from 731 to 365; --confirm OpenTaskFunctionLogs if that is meant\n',
    });
  });

  it('goes through once that is confirmed by name', async () => {
    const { status, ran } = await deploying(['--stage', 'dev', '--confirm', 'OpenTaskFunctionLogs'], {
      before: log(731),
    });
    expect([status, ran.at(-1)]).toEqual([0, 'deploy Throughline-dev --app cdk.out']);
  });

  it('of a template that cannot be made goes no further', async () => {
    expect(await deploying(['--stage', 'dev'], { synth: 1 })).toMatchObject({ status: 1, ran: [expect.any(String)] });
  });

  it.each([[['--stage', 'nowhere']], [[]], [['--colour']]])('with %j is refused before anything runs', async (args) => {
    const { status, ran, stderr } = await deploying(args);
    expect([status, ran]).toEqual([2, []]);
    expect(stderr).toMatch(/^(stage|options): .+\n$/);
  });

  it('says how it is used', async () => {
    expect((await deploying(['--help'])).stdout).toContain('--confirm ID');
  });
});

describe('What is deployed', () => {
  const missing = new CloudFormationServiceException({
    name: 'ValidationError',
    message: 'Stack with id Throughline-dev does not exist',
    $fault: 'client',
    $metadata: {},
  });

  it('is the template of the stack', async () => {
    const client = mockClient(CloudFormationClient)
      .on(GetTemplateCommand)
      .resolves({ TemplateBody: JSON.stringify(log(30)) });
    expect(await deployedTemplate('Throughline-dev', client as unknown as CloudFormationClient)).toEqual(log(30));
  });

  it('is nothing where there is no such stack, and unknown where AWS refuses the question', async () => {
    const client = mockClient(CloudFormationClient)
      .on(GetTemplateCommand)
      .rejectsOnce(missing)
      .rejects(new Error('AccessDenied'));
    const asked = () => deployedTemplate('Throughline-dev', client as unknown as CloudFormationClient);
    expect(await asked()).toBeUndefined();
    await expect(asked()).rejects.toThrow('AccessDenied');
  });
});
