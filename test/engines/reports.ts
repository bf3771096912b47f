import { expect } from 'vitest'
import { z } from 'zod'
import { weir } from '../cli/logs.js'

const now = '2026-01-06T00:00:00Z'

const reportSchema = z.object({
  input: z.object({ lines: z.number(), records: z.number(), nodata: z.number(), skipdata: z.number() }),
  findings: z.array(
    z.object({ id: z.string(), rule: z.string(), severity: z.string(), records: z.number(), summary: z.string() }),
  ),
})

export type Report = z.infer<typeof reportSchema>

/** Runs `weir detect`, which must find no fault. */
export async function findingsOf(args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await weir(['detect', ...args, '--format', 'json', '--quiet', '--now', now], { now })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return reportSchema.parse(JSON.parse(stdout))
}
