import { z } from 'zod'
import { rowsOf, type Lanes } from './lanes.js'
import { SCENARIOS } from './scenarios/scenarios.js'

/** What was put in: one line of labels.ndjson, for each case of a scenario. A case with several actors has a label for each. */
export interface Label {
  readonly scenario: string
  readonly family: string
  /** Which of the scenario's cases, from 1. */
  readonly case: number
  readonly title: string
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  /** The servers' ports; of answers that nobody asked for, those that they come from. */
  readonly ports: readonly number[]
  /** Start of its first and end of its last log line, ISO 8601. */
  readonly first_seen: string
  readonly last_seen: string
  /** Its log lines, at whatever interface. */
  readonly records: number
}

const row = z.object({
  scenario: z.string(),
  case: z.coerce.number(),
  sources: z.array(z.string()),
  targets: z.array(z.string()),
  ports: z.array(z.coerce.number()),
  first_seen: z.coerce.number(),
  last_seen: z.coerce.number(),
  records: z.coerce.number(),
})

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** Reads the labels off the lines that were made. The lanes' span must be that of the whole simulation. */
export async function labelsOf(lanes: Lanes): Promise<Label[]> {
  const rows = await rowsOf(
    lanes.first,
    `SELECT
      scenario, case_number AS "case",
      list_sort(list(DISTINCT source.address)) AS sources,
      list_sort(list(DISTINCT target.address)) AS targets,
      list_sort(list(DISTINCT coalesce(own_port, server_port))) AS ports,
      min(start) AS first_seen,
      max("end") AS last_seen,
      count(*) AS records
    FROM lines
    JOIN ends AS source ON source.id = client
    JOIN ends AS target ON target.id = server
    WHERE scenario IS NOT NULL
    GROUP BY scenario, case_number, part
    ORDER BY first_seen, scenario, case_number, part`,
  )
  return rows.map(found => {
    const { scenario, case: number, ...label } = row.parse(found)
    const described = SCENARIOS.find(({ name }) => name === scenario)
    return {
      scenario,
      family: described?.family ?? '',
      case: number,
      title: described?.title ?? '',
      ...label,
      first_seen: iso(label.first_seen),
      last_seen: iso(label.last_seen),
    }
  })
}
