import { type Check, toDo, unless } from '../finding.ts';

/** The API as the gateway has it; `firewall` is the ARN of the web ACL before it. */
export type Gateway = { readonly firewall: string | undefined };

/** A web firewall stands before the API. */
export const firewall = (
  { api, shield, stage }: { readonly api: string; readonly shield: string; readonly stage: string },
  { gateway }: { readonly gateway: () => Promise<Gateway | undefined> },
): Check => ({
  name: 'firewall',
  look: async () => {
    const found = await gateway();
    if (found === undefined) return [toDo(`the API ${api} is not there; deploy the stack`)];
    // arn:aws:wafv2:region:account:regional/webacl/name/id
    const before = found.firewall?.split('/')[2];
    return unless(
      found.firewall === undefined
        ? [`none stands before the API ${api}; add its stage ${stage} to the web ACL ${shield} in the WAF console`]
        : [],
      `${before} stands before the API`,
    );
  },
});
