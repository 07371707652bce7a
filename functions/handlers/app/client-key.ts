import type { Context } from 'hono';
import type { GatewayRequest } from '../../contracts/gateway-events.ts';

/** The address that API Gateway took a request from. */
export const gatewaySource = ({ env }: Context): string | undefined => {
  const { requestContext }: { requestContext?: GatewayRequest['requestContext'] } = env ?? {};
  return requestContext?.identity?.sourceIp;
};

/** What one visitor is counted under: their IPv4 address, or the first 64 bits of an IPv6 one, since a line has as many as it wants of the rest. */
export const clientKey = (address: string | undefined): string => {
  if (address === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};
