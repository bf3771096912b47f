import { createHash } from 'node:crypto'
import type { Simulation } from './options.js'

/** One file: its path below `out`, with `/`, and the span in which its lines end, in Unix seconds, half-open. */
export interface LogFile {
  readonly path: string
  readonly since: number
  readonly until: number
}

/** All files of a simulation in order of time, named as AWS names them. */
export function filesOf(simulation: Simulation): LogFile[] {
  const { start, days, filesPerDay } = simulation
  const at = (slot: number) => start + Math.floor((slot * 86_400) / filesPerDay)
  return Array.from({ length: days * filesPerDay }, (_, slot) => ({
    path: pathOf(simulation, at(slot)),
    since: at(slot),
    until: at(slot + 1),
  }))
}

function pathOf(simulation: Simulation, seconds: number): string {
  const { account, region, layout, fileFormat, seed } = simulation
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().split('T')
  const [year, month, day] = date.split('-')
  const folder =
    layout === 'hive'
      ? `aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}/year=${year}/month=${month}/day=${day}`
      : `${account}/vpcflowlogs/${region}/${year}/${month}/${day}`
  const stamp = `${year}${month}${day}T${time.slice(0, 2)}${time.slice(3, 5)}Z`
  const flowLog = `fl-0${digest(`flow log ${seed}`, 16)}`
  const suffix = fileFormat === 'parquet' ? 'log.parquet' : 'log.gz'
  return `AWSLogs/${folder}/${account}_vpcflowlogs_${region}_${flowLog}_${stamp}_${digest(`${seed} ${seconds}`, 8)}.${suffix}`
}

const digest = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits)
