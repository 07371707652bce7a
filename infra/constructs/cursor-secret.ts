import type { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/** What the places in lists are sealed under; AWS makes it up, and nobody has to know it. */
export class CursorSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, names: Names, encryptionKey: Key) {
    super(scope, 'CursorSecret');
    const secret = new Secret(this, 'Secret', {
      secretName: names.secret('cursors'),
      description: 'Seals the cursors of lists in the API',
      encryptionKey,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    fixed(secret, 'CursorSecret');
    this.arn = secret.secretArn;
  }
}
