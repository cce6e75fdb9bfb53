import { BlockList, isIP } from 'node:net';

/** Where an address leads, from the machine itself outwards. */
export type AddressKind = 'link-local' | 'loopback' | 'private' | 'public';

function blocks(...subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

const kinds: readonly (readonly [AddressKind, BlockList])[] = [
  ['loopback', blocks(['127.0.0.0', 8], ['0.0.0.0', 8], ['::', 127])],
  // The metadata services of clouds, with the credentials of the machine, are here.
  ['link-local', blocks(['169.254.0.0', 16], ['fe80::', 10])],
  ['private', blocks(
    ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10], ['192.0.0.0', 24], ['198.18.0.0', 15],
    ['224.0.0.0', 3], ['fc00::', 7], ['fec0::', 10], ['ff00::', 8], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['2002::', 16],
  )],
];

/** The kind of an IP address; whatever is none counts as public. */
export function kindOfAddress(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return 'public';
  // An IPv4 address written as IPv6 is judged as IPv4.
  const found = kinds.find(([, list]) => list.check(address, version === 6 ? 'ipv6' : 'ipv4'));
  return found === undefined ? 'public' : found[0];
}

/**
 * Whether a server of one kind may send its client on to an address of the other.
 *
 * Otherwise anybody who can push to a public registry could have the services of a private network asked from within.
 */
export function mayLeadTo(from: AddressKind, to: AddressKind): boolean {
  if (to === 'link-local' || from === 'link-local') return to === 'public' || from === to;
  const order = ['loopback', 'private', 'public'];
  return order.indexOf(to) >= order.indexOf(from);
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** What is named in the handshake, and stands in the certificate; an address is not to be. */
export function serverName(url: URL): string {
  const host = bareHost(url);
  return isIP(host) === 0 ? host : '';
}

/** Whether the name or address is the machine itself, whatever a name server says. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || kindOfAddress(host) === 'loopback';
}
