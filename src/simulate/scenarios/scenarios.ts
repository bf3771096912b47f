/** Something worth finding, or worth leaving alone, that can be put into the traffic. Its SQL stands beside this file under its name. */
export interface Scenario {
  readonly name: string
  /** Of the families that findings have (docs/commands.md), or `benign`: what only looks like one of them. */
  readonly family: string
  readonly title: string
  /** Hosts and outside addresses that each case has for itself. */
  readonly hosts: number
  readonly strangers: number
  /** Planted by default: its first case, in `first/`, is the same for every seed. */
  readonly first?: true
  /** Never over IPv6. */
  readonly ipv4?: true
}

const scenario = (
  name: string,
  family: string,
  hosts: number,
  strangers: number,
  title: string,
  more?: Partial<Scenario>,
): Scenario => ({
  ...{ name, family, hosts, strangers, title },
  ...more,
})

const first = { first: true } as const
const ipv4 = { ipv4: true } as const

export const SCENARIOS: readonly Scenario[] = [
  scenario('rejected-scan', 'scan', 1, 1, 'Scans of addresses or of ports from outside, all rejected', first),
  scenario('scan-hit', 'scan', 1, 1, 'A scan from outside finds a port that answers', first),
  scenario('ssh-brute-force', 'brute-force', 1, 1, 'Hundreds of SSH logins at one host, none let in', first),
  scenario('ssh-brute-force-success', 'brute-force', 1, 1, 'SSH logins at one host, the last of them let in', first),
  scenario('remote-login', 'remote-access', 1, 1, 'A login session from a network never seen before', first),
  scenario('nacl-rejected-return', 'connectivity', 1, 0, 'Requests let in, replies rejected by the network ACL', first),
  scenario('beacon', 'command-and-control', 1, 1, 'A host that calls home at an even pace, with jitter', first),
  scenario('exfiltration', 'exfiltration', 1, 1, 'Gigabytes sent to a new address', first),
  scenario('exposed-database', 'exposure', 1, 12, 'A database or admin port answers strangers from the Internet', first),
  scenario('reject-spike', 'connectivity', 1, 0, 'One host suddenly rejects what its neighbours ask of it', first),
  scenario('internal-scan', 'scan', 1, 0, 'A host inside tries ports of its neighbours', first),

  scenario('slow-scan', 'scan', 1, 1, 'One source tries another port or host every few minutes, all day'),
  scenario('internal-slow-scan', 'scan', 1, 0, 'A host inside tries another port or neighbour every few minutes, all day'),
  scenario('distributed-scan', 'scan', 1, 60, 'Dozens of sources share the ports of a host, or the hosts for a port'),
  scenario('outbound-scan', 'scan', 1, 0, 'A host inside tries one port of hundreds of addresses outside'),
  scenario('rdp-brute-force', 'brute-force', 1, 1, 'RDP logins at one host, none let in'),
  scenario('rdp-brute-force-success', 'brute-force', 1, 1, 'RDP logins at one host, the last of them let in'),
  scenario('login-brute-force', 'brute-force', 1, 1, 'FTP, telnet, VNC, WinRM or SMB logins at one host, none let in'),
  scenario('database-brute-force', 'brute-force', 1, 1, 'Database logins at one host, none let in'),
  scenario('database-brute-force-success', 'brute-force', 1, 1, 'Database logins at one host, the last of them let in'),
  scenario('password-spray', 'brute-force', 0, 1, 'One source logs in once or a few times at each of many hosts'),
  scenario('beacon-unanswered', 'command-and-control', 1, 1, 'A host calls a server that never answers, at an even pace'),
  scenario('long-connection', 'command-and-control', 1, 1, 'One connection to an outside address for many hours'),
  scenario('strobe', 'command-and-control', 1, 1, 'Thousands of short connections to one outside address'),
  scenario('exfiltration-slow', 'exfiltration', 1, 1, 'Megabytes drip out to a new address all day'),
  scenario('dns-tunnel', 'exfiltration', 1, 1, 'Thousands of large DNS questions to a server outside'),
  scenario('syn-flood', 'denial-of-service', 1, 20, 'SYNs by the thousand at one port, from a few sources or forged ones'),
  scenario('inbound-flood', 'denial-of-service', 1, 0, 'UDP or ICMP in bulk from hundreds of sources'),
  scenario('reflection', 'denial-of-service', 1, 0, 'Answers from hundreds of servers to a host that never asked', ipv4),
  scenario('outbound-flood', 'denial-of-service', 1, 1, 'A host inside floods an outside address'),
  scenario('lateral-movement', 'lateral-movement', 1, 0, 'A host opens login sessions to five neighbours or more within an hour'),
  scenario('new-internal-edge', 'lateral-movement', 1, 0, 'A host opens a login session to a neighbour that it never talks to'),
  scenario('cleartext-service', 'exposure', 1, 3, 'Telnet, FTP, LDAP, POP or IMAP is used across the Internet'),
  scenario('unanswered', 'connectivity', 1, 15, 'A service is asked again and again and never answers'),
  scenario('tor', 'known-bad', 1, 4, 'A host talks to Tor relays'),
  scenario('known-bad', 'known-bad', 1, 2, 'A host talks to addresses of a block list'),
  scenario('unusual-protocol', 'anomaly', 1, 1, 'A protocol such as GRE or ESP between a host and the outside', ipv4),
  scenario('volume-shift', 'anomaly', 1, 1, 'A host sends far more than on other days to an address that it knows'),
  scenario('new-port', 'anomaly', 1, 0, 'A host answers at a port that nobody used there before'),

  scenario('persistent-connection', 'benign', 2, 1, 'A connection that is kept open for hours, with a packet now and then'),
  scenario('backup', 'benign', 1, 1, 'A large upload every night to the same address'),
  scenario('monitoring', 'benign', 1, 1, 'A monitor asks the same ports at an even pace, from inside or outside'),
  scenario('health-checks', 'benign', 1, 0, 'A load balancer asks its targets whether they live'),
  scenario('update-rush', 'benign', 0, 3, 'All hosts load an update within minutes'),
  scenario('nat-hundreds', 'benign', 0, 4, 'A NAT gateway stands for hundreds of hosts', ipv4),
  scenario('failed-client', 'benign', 2, 1, 'A client asks a server that is down, all day'),
  scenario('ntp-and-dns', 'benign', 1, 6, 'Time and names are asked for at an even pace'),
  scenario('chatty-api', 'benign', 1, 1, 'Thousands of short calls to one partner in business hours'),
  scenario('software-inventory', 'benign', 1, 0, 'A management server logs in at every host, every hour'),
  scenario('video-call', 'benign', 1, 2, 'UDP both ways for an hour'),
  scenario('p2p-client', 'benign', 1, 0, 'Hundreds of peers at high ports, half of which do not answer'),
  scenario('web-crawler', 'benign', 1, 0, 'A host visits hundreds of web servers, some of them dead'),
  scenario('busy-web', 'benign', 1, 1, 'One client opens hundreds of connections to a web server'),
  scenario('deploy', 'benign', 2, 0, 'A build host opens thirty SSH sessions within ten minutes, each with work to do'),
  scenario('key-login-script', 'benign', 2, 0, 'A script logs in by SSH every few minutes for a moment'),
]
