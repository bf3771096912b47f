/** Something worth finding that can be put into the traffic. Its SQL stands beside this file under its name. */
export interface Scenario {
  readonly name: string
  /** Of the families that findings have (docs/commands.md). */
  readonly family: string
  readonly title: string
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'rejected-scan', family: 'scan', title: 'Scans of addresses and of ports from outside, all rejected' },
  { name: 'scan-hit', family: 'scan', title: 'A scan from outside finds a port that answers' },
  { name: 'ssh-brute-force', family: 'brute-force', title: 'Hundreds of SSH logins at the bastion, none let in' },
  { name: 'ssh-brute-force-success', family: 'brute-force', title: 'SSH logins at a web server, the last of them let in' },
  { name: 'remote-login', family: 'remote-access', title: 'An SSH session from a network never seen before' },
  { name: 'nacl-rejected-return', family: 'connectivity', title: 'Requests let in, replies rejected by the network ACL' },
  { name: 'beacon', family: 'command-and-control', title: 'A host that calls home every five minutes, with jitter' },
  { name: 'exfiltration', family: 'exfiltration', title: 'Six gigabytes sent to a new address at night' },
  { name: 'exposed-database', family: 'exposure', title: 'A PostgreSQL server answers strangers from the Internet' },
  { name: 'reject-spike', family: 'connectivity', title: 'One host suddenly rejects what its neighbours ask of it' },
  { name: 'internal-scan', family: 'scan', title: 'A host inside tries four ports on all its neighbours' },
]
