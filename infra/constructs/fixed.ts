import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Gives a resource a logical id that no rearrangement of constructs can change, and keeps it when a deploy drops it. */
export const fixed = (construct: IConstruct, id: string): void => {
  const resource = construct instanceof CfnResource ? construct : construct.node.defaultChild;
  if (!(resource instanceof CfnResource)) throw new Error(`${construct.node.path} has no resource to fix as ${id}`);
  resource.overrideLogicalId(id);
  // A first deploy that fails must be able to take its own resources back; everything later is kept.
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
};
