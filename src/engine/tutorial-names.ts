/** The tutorial's names of AWS's columns: found when named, left out of `SELECT *`. */
export const TUTORIAL_NAMES: Readonly<Record<string, string>> = {
  account: 'account_id',
  interfaceid: 'interface_id',
  sourceaddress: 'srcaddr',
  destinationaddress: 'dstaddr',
  sourceport: 'srcport',
  destinationport: 'dstport',
  numpackets: 'packets',
  numbytes: 'bytes',
  starttime: 'start',
  endtime: 'end',
  logstatus: 'log_status',
}
