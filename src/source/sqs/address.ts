import { Fault } from '../../fault/index.js'

/** A queue by its name, in our own account or another's, or by its whole URL. */
export type SqsAddress = { readonly name: string; readonly account?: string } | { readonly url: string; readonly region?: string }

/** `sqs://name`, `sqs://123456789012/name` or `sqs://https://sqs.us-east-1.amazonaws.com/123456789012/name`. Throws a `Fault`. */
export function sqsAddress(source: string): SqsAddress {
  const rest = source.replace(/^sqs:\/\//, '')
  if (/^https?:\/\/[^/]+\/./.test(rest)) {
    const region = /^https?:\/\/(?:sqs\.)?([a-z]{2,}(?:-[a-z]+)+-\d+)\./.exec(rest)?.[1]
    return { url: rest, ...(region ? { region } : {}) }
  }
  const [, account, name] = /^(?:(\d{12})\/)?([\w-]{1,80}(?:\.fifo)?)$/.exec(rest) ?? []
  if (name) return { name, ...(account ? { account } : {}) }
  throw new Fault({
    code: 'source-address',
    kind: 'usage',
    message: `${source} names no queue`,
    expected: 'sqs://queue-name, sqs://account/queue-name or sqs:// before the whole URL of the queue',
    action: 'name the queue after sqs://',
  })
}
