import type { DeliveryPlace } from '../../source/index.js'
import { quotedText } from '../sql/quote.js'

interface OfFlowLogs {
  readonly place: DeliveryPlace
  readonly flowLogs: readonly string[] | undefined
}

/** Ids that a view names: more would be longer than Athena takes, some 260 kB. */
const MOST_NAMED = 4000

const FLOW_LOG = `COALESCE(regexp_extract("$path", '_(fl-[0-9a-z]+)_[^/]*$', 1), '')`

/**
 * Files of several formats may stand in one folder: the conditions for those of each, by the id of their flow log. All ids are
 * named while that is short, and a flow log that comes later is in no table; else the format of the most flow logs in a place
 * is what no other names.
 */
export function flowLogConditions<Format extends OfFlowLogs>(formats: readonly Format[]): ReadonlyMap<Format, readonly string[]> {
  const isShort = formats.reduce((sum, { flowLogs = [] }) => sum + flowLogs.length, 0) <= MOST_NAMED
  return new Map(
    formats.map((format, at) => {
      const { flowLogs } = format
      if (flowLogs === undefined) return [format, []]
      const beside = formats.filter(other => other !== format && sharesFolders(other, format))
      const isLargest = beside.every(other => {
        const more = flowLogs.length - idsOf(other).length
        return more > 0 || (more === 0 && formats.indexOf(other) > at)
      })
      if (isShort || !isLargest) return [format, [`${FLOW_LOG} IN (${textsOf(flowLogs)})`]]
      const others = beside.flatMap(idsOf).filter(id => !flowLogs.includes(id))
      return [format, others.length === 0 ? [] : [`${FLOW_LOG} NOT IN (${textsOf(others)})`]]
    }),
  )
}

const idsOf = ({ flowLogs = [] }: OfFlowLogs): readonly string[] => flowLogs

/** Whether one's table may list the other's files: folders of hours stand in those of days. */
const sharesFolders = ({ place: a }: OfFlowLogs, { place: b }: OfFlowLogs): boolean =>
  a.root === b.root &&
  a.accountKey === b.accountKey &&
  a.service === b.service &&
  a.regionKey === b.regionKey &&
  a.hive === b.hive

const textsOf = (ids: readonly string[]): string => ids.map(quotedText).join(', ')
