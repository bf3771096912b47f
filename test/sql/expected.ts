import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const answer = z.object({
  name: z.string(),
  sql: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  rows: z.array(z.array(z.json())).optional(),
  error: z.string().optional(),
})

/** What Trino answered to a query of the corpus: columns and rows, or the name of an error. */
export interface Answer extends z.infer<typeof answer> {
  readonly topic: string
}

/** Everything that was recorded, topic by topic. */
export function recorded(): Answer[] {
  const folder = new URL('./expected/', import.meta.url)
  return readdirSync(folder).flatMap(file => {
    const topic = file.replace('.json', '')
    const answers = z.array(answer).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    return answers.map(entry => ({ ...entry, topic }))
  })
}
