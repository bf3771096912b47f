import { z } from 'zod'
import type { Value } from '../engine.js'

/** What came back: a document, a status other than 200, or nothing. */
export type Reply =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number; readonly text: string }
  | { readonly kind: 'nothing'; readonly error: unknown }

/** Rows of one page. */
export type Rows = readonly (readonly Value[])[]

/** Why a statement failed. */
export const failure = z.object({
  message: z.string().default('no reason given'),
  errorName: z.string().default('GENERIC_INTERNAL_ERROR'),
  errorType: z.string().default('INTERNAL_ERROR'),
  errorLocation: z.object({ lineNumber: z.number(), columnNumber: z.number() }).optional(),
})

export type Failure = z.infer<typeof failure>

/** What Trino answers to a statement and to each page of it; cells are as its JSON has them. */
export const answer = z.object({
  id: z.string(),
  nextUri: z.url().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.custom<Rows>(value => Array.isArray(value) && value.every(Array.isArray)).optional(),
  stats: z.object({ physicalInputBytes: z.number().optional(), processedBytes: z.number().optional() }),
  error: failure.optional(),
})

export type Answer = z.infer<typeof answer>

const LONG_NUMBER = /\d{16}/
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const WHOLE = /^-?\d{16,}$/

/** JSON with every whole number beyond 2^53 as text, so that none is rounded. Throws a SyntaxError. */
export function parseExactly(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text)
  const quoted = text.replace(STRING_OR_NUMBER, token =>
    WHOLE.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  )
  return JSON.parse(quoted)
}
