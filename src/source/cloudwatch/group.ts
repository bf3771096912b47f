import { Fault } from '../../fault/index.js'

/** A log group, as a SOURCE names it. */
export interface GroupName {
  readonly name: string
  /** Where it was named by its ARN: this account may be another than that of the credentials. */
  readonly arn: string | undefined
  readonly region: string | undefined
  readonly account: string | undefined
}

const SCHEME = 'cloudwatch://'
const ARN = /^(arn:aws[a-z-]*:logs:([a-z0-9-]+):(\d{12}):log-group:([^:*]+))(?::\*)?$/
/** What CreateLogGroup takes. */
const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/

/** The group of `cloudwatch://group`, `cloudwatch:///aws/vpc/flow` (the group's own slash included) or a group's ARN. */
export function groupOf(url: string): GroupName {
  const text = url.startsWith(SCHEME) ? url.slice(SCHEME.length) : url
  const arn = ARN.exec(text)
  const name = arn ? arn[4] : text
  if (name !== undefined && NAME.test(name)) return { name, arn: arn?.[1], region: arn?.[2], account: arn?.[3] }
  throw new Fault({
    code: 'log-group-invalid',
    kind: 'usage',
    message: `${JSON.stringify(text)} is no name of a log group`,
    where: url,
    expected: 'cloudwatch:// and the name as CloudWatch shows it, such as cloudwatch:///aws/vpc/flow, or the ARN of a log group',
  })
}
