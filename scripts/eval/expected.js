// What should be found in simulated traffic, and what else may explain a finding.

const GUESSED = { ssh: 'ssh-brute-force', rdp: 'rdp-brute-force', login: 'login-brute-force', database: 'login-brute-force' }
const SCANS = ['port-scan', 'address-scan', 'slow-scan', 'distributed-scan']
const BRUTE = ['ssh-brute-force', 'rdp-brute-force', 'login-brute-force', 'brute-force-success']
const FLOODS = ['syn-flood', 'inbound-flood', 'reflection', 'outbound-flood']

/** Ports that the noise in this traffic is full of: fifty sources more are not to be seen there. */
const CROWDED = [22, 23, 3389, 445]

/** More ports than addresses is a scan of ports. */
const shape = ({ ports, targets }) => (ports.length > targets.length ? 'port-scan' : 'address-scan')

const guessing =
  service =>
  (_, { rejected }) => ({
    ...{ meant: [GUESSED[service]], also: BRUTE, least: rejected ? 'info' : 'medium' },
    kind: rejected ? 'rejected' : undefined,
  })
const guessed = service => () => ({ meant: [GUESSED[service], 'brute-force-success'], least: 'medium' })
const means =
  (least, meant, also = []) =>
  () => ({ meant: [meant].flat(), also, least })
const remembers =
  (least, meant, also = []) =>
  (_, { days }) => ({
    ...{ meant: days >= 3 ? [meant].flat() : [], also: [...also, ...[meant].flat()], least },
    kind: days >= 3 ? 'with history' : undefined,
  })

/**
 * By scenario: the rules that must find its case (`meant`, each by itself), those that may do so as well (`also`), and the least
 * severity that counts. Made of the label and of what is known beside it.
 */
const EXPECTED = {
  'rejected-scan': label => ({ meant: [shape(label)], also: SCANS, least: 'info' }),
  'scan-hit': means('medium', 'scan-hit', SCANS),
  'slow-scan': means('info', 'slow-scan', ['port-scan', 'address-scan']),
  'internal-slow-scan': means('medium', 'slow-scan', ['port-scan', 'address-scan']),
  'distributed-scan': label => {
    const crowded = label.ports.length === 1 && CROWDED.includes(label.ports[0])
    return {
      meant: crowded ? [] : ['distributed-scan'],
      also: ['distributed-scan'],
      least: 'info',
      kind: crowded ? 'on a port that everybody tries' : undefined,
    }
  },
  'internal-scan': label => ({ meant: [shape(label)], also: SCANS, least: 'medium' }),
  'outbound-scan': means('medium', 'address-scan', SCANS),
  'ssh-brute-force': guessing('ssh'),
  'rdp-brute-force': guessing('rdp'),
  'login-brute-force': guessing('login'),
  'database-brute-force': guessing('database'),
  'ssh-brute-force-success': guessed('ssh'),
  'rdp-brute-force-success': guessed('rdp'),
  'database-brute-force-success': guessed('database'),
  'password-spray': means('medium', [], [...BRUTE, ...SCANS, 'scan-hit', 'lateral-movement']),
  'remote-login': (_, { days }) => ({
    ...{ meant: days >= 3 ? ['remote-login', 'remote-login-new-source'] : ['remote-login'], least: 'low' },
  }),
  'exposed-database': means('medium', 'exposed-service'),
  'cleartext-service': means('low', 'cleartext-service', ['exposed-service']),
  beacon: ({ ports }, { calls, jitter }) => {
    const plain = calls >= 20 && jitter <= 0.35
    // What asks for time or names at an even pace is lowered, and says why.
    const lowered = [53, 123].includes(ports[0])
    return {
      meant: plain ? ['beacon'] : [],
      also: ['beacon'],
      least: lowered ? 'low' : 'medium',
      kind: !plain ? 'few calls or over 30 % jitter' : lowered ? 'on the port of DNS or NTP' : undefined,
    }
  },
  'beacon-unanswered': means('medium', 'beacon'),
  'long-connection': means('low', 'long-connection'),
  strobe: means('medium', 'strobe', ['beacon']),
  exfiltration: (_, { days }) => ({
    ...{ meant: ['exfiltration-volume', ...(days >= 3 ? ['exfiltration-new-destination'] : [])], least: 'medium' },
    also: ['exfiltration-new-destination'],
  }),
  'exfiltration-slow': means('medium', 'exfiltration-slow', ['beacon', 'exfiltration-volume', 'exfiltration-new-destination']),
  'dns-tunnel': means('medium', 'dns-tunnel'),
  'syn-flood': means('medium', 'syn-flood'),
  'inbound-flood': means('medium', 'inbound-flood', ['reflection']),
  reflection: means('medium', 'reflection', ['inbound-flood']),
  'outbound-flood': means('medium', 'outbound-flood', ['syn-flood']),
  'lateral-movement': means('medium', 'lateral-movement'),
  'new-internal-edge': remembers('low', 'new-internal-edge'),
  'nacl-rejected-return': means('low', 'asymmetric-reject'),
  'reject-spike': means('low', 'reject-spike'),
  unanswered: means('low', 'unanswered'),
  tor: means('medium', 'tor', ['known-bad-address']),
  'known-bad': means('medium', 'known-bad-address', ['tor']),
  'unusual-protocol': means('low', 'unusual-protocol'),
  'volume-shift': remembers('low', 'volume-shift', ['exfiltration-volume']),
  'new-port': remembers('low', 'new-port'),
}

/** What a case is called in the tables, the rules that are meant and that may find it, and the least severity that counts. */
export function expectedOf(label, facts) {
  const { meant, also = [], least, kind } = EXPECTED[label.scenario](label, facts)
  return { name: kind ? `${label.scenario}, ${kind}` : label.scenario, meant, fitting: [...new Set([...meant, ...also])], least }
}

/** Three sorts of trouble: what a host of ours does outside, what is done to it from outside, and among ourselves. */
const OUTWARD = [
  ...['beacon', 'beacon-unanswered', 'long-connection', 'strobe', 'exfiltration', 'exfiltration-slow', 'dns-tunnel'],
  ...['outbound-scan', 'outbound-flood', 'tor', 'known-bad', 'volume-shift', 'unusual-protocol'],
]
const INWARD = [
  ...['rejected-scan', 'scan-hit', 'slow-scan', 'distributed-scan', 'password-spray', 'remote-login', 'exposed-database'],
  ...['ssh-brute-force', 'rdp-brute-force', 'login-brute-force', 'database-brute-force', 'cleartext-service', 'unanswered'],
  ...['ssh-brute-force-success', 'rdp-brute-force-success', 'database-brute-force-success'],
  ...['syn-flood', 'inbound-flood', 'reflection', 'unusual-protocol'],
]
const INSIDE = [
  'internal-scan',
  'internal-slow-scan',
  'lateral-movement',
  'new-internal-edge',
  'reject-spike',
  'nacl-rejected-return',
  'unanswered',
  'new-port',
]

const ALL = [...new Set([...OUTWARD, ...INWARD, ...INSIDE])]
const DOORS = INWARD.filter(scenario => !FLOODS.includes(scenario))

const SCANNING = [
  'rejected-scan',
  'scan-hit',
  'slow-scan',
  'distributed-scan',
  'password-spray',
  'internal-scan',
  'internal-slow-scan',
  'outbound-scan',
]
const GUESSES = Object.keys(EXPECTED).filter(scenario => scenario.includes('brute-force') || scenario === 'password-spray')

/** By rule: the planted cases that make a finding of it right. Any attack where a rule does not stand here. */
const EXPLAINED = {
  ...Object.fromEntries([...SCANS, 'scan-hit'].map(rule => [rule, [...SCANNING, 'lateral-movement']])),
  ...Object.fromEntries(BRUTE.map(rule => [rule, GUESSES])),
  'brute-force-success': GUESSES.filter(scenario => scenario.endsWith('-success')),
  'exposed-service': [...DOORS, 'syn-flood'],
  'cleartext-service': DOORS,
  ...Object.fromEntries(['beacon', 'long-connection', 'strobe', 'dns-tunnel'].map(rule => [rule, OUTWARD])),
  ...Object.fromEntries(
    ['exfiltration-volume', 'exfiltration-new-destination', 'exfiltration-slow'].map(rule => [
      rule,
      OUTWARD.filter(scenario => !['outbound-flood', 'outbound-scan'].includes(scenario)),
    ]),
  ),
  'syn-flood': ['syn-flood', 'outbound-flood'],
  'inbound-flood': ['inbound-flood', 'reflection', 'syn-flood'],
  reflection: ['reflection', 'inbound-flood'],
  'outbound-flood': ['outbound-flood'],
  'lateral-movement': ['lateral-movement', 'internal-scan', 'internal-slow-scan', 'new-internal-edge', 'password-spray'],
}

/** Whether a planted attack makes a finding of this rule right. */
export const explains = (rule, scenario) => (EXPLAINED[rule] ?? ALL).includes(scenario)

/** Habits that nobody can tell from an attack who sees only one day of them: named, but counted only where there is history. */
const HABITS = ['backup']
export const unknowable = (scenario, days) => days < 3 && HABITS.includes(scenario)

/** Rules without a ground truth here: they are judged by what they raise on benign traffic. */
export const UNJUDGED = ['volume-shift', 'new-port', 'unusual-protocol', 'unauthorized-source', 'unauthorized-port']
