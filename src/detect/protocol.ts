/** IANA protocol numbers with names that people use. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipip'],
  [6, 'tcp'],
  [17, 'udp'],
  [41, 'ipv6'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'ipv6-icmp'],
  [89, 'ospf'],
  [103, 'pim'],
  [112, 'vrrp'],
  [132, 'sctp'],
])

/** `tcp` for 6; the number as text where it has no name here. */
export function protocolName(protocol: number): string {
  return names.get(protocol) ?? String(protocol)
}

/** 6 for `tcp` and for `6`; undefined for what is neither a name nor a number. */
export function protocolNumber(text: string): number | undefined {
  const named = [...names].find(([, name]) => name === text)?.[0]
  return named ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined)
}
