import type { Template } from 'aws-cdk-lib/assertions';
import { permissionsOf } from '../../../infra/permission-table/permissions.ts';

/** What each role may do, one line a statement. */
export const permissionsIn = (template: Template): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(permissionsOf(template.toJSON().Resources)).map(([role, { own, shared }]) => [
      role,
      [
        ...shared,
        ...own.map(({ actions, on, condition }) => `${actions} on ${on}${condition === '' ? '' : ` ${condition}`}`),
      ],
    ]),
  );
