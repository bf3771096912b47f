import { z } from 'zod'

/** What kind of thing went wrong between AWS and us. */
export type AwsTrouble =
  'credentials' | 'missing' | 'denied' | 'key' | 'region' | 'archived' | 'changed' | 'throttled' | 'cut' | 'unreachable' | 'other'

const shape = z.looseObject({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  Code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional(), attempts: z.number().optional() }).catch({}).prefault({}),
  $response: z
    .object({ headers: z.record(z.string(), z.string()) })
    .optional()
    .catch(undefined),
})

type Told = z.infer<typeof shape>

const NOTHING: Told = { name: '', message: '', $metadata: {} }

function told(error: unknown): Told {
  const parsed = shape.safeParse(error)
  return parsed.success ? parsed.data : { ...NOTHING, message: String(error) }
}

/** The first entry that an error fits says what it is: by its name, the code of its socket, its message or its status. */
const KINDS: readonly (readonly [AwsTrouble, RegExp, ((told: Told) => boolean)?])[] = [
  ['key', /^KMS\b/, ({ message }) => /\bkms:/i.test(message)],
  ['archived', /^InvalidObjectState$/],
  ['changed', /^PreconditionFailed$/, ({ $metadata }) => $metadata.httpStatusCode === 412],
  [
    'throttled',
    /^(SlowDown|Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|OverLimit|BandwidthLimitExceeded|ServiceUnavailable|ServiceUnavailableException|503)$/,
    ({ $metadata }) => $metadata.httpStatusCode === 503 || $metadata.httpStatusCode === 429,
  ],
  [
    'credentials',
    /^(CredentialsProviderError|TokenProviderError|ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClientException|InvalidClientTokenId|InvalidToken|AuthFailure|IncompleteSignature|MissingAuthenticationToken|RequestTimeTooSkewed)$/,
    ({ message }) => /could not load credentials|security token .* (expired|invalid)/i.test(message),
  ],
  [
    'region',
    /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    ({ message, $metadata }) => message === 'Region is missing' || [301, 307].includes($metadata.httpStatusCode ?? 0),
  ],
  [
    'missing',
    /^(NoSuchBucket|NoSuchKey|NotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|ResourceNotFoundException|InvalidBucketName)$/,
    ({ $metadata }) => $metadata.httpStatusCode === 404,
  ],
  [
    'denied',
    /^(AccessDenied|AccessDeniedException|AccessDeniedFault|AllAccessDisabled|Forbidden|UnauthorizedOperation|AuthorizationError)$/,
    ({ $metadata }) => $metadata.httpStatusCode === 403 || $metadata.httpStatusCode === 401,
  ],
  ['unreachable', /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/],
  ['cut', /^(ECONNRESET|EPIPE|ETIMEDOUT|TimeoutError|RequestTimeout|RequestTimeoutException|ERR_STREAM_PREMATURE_CLOSE)$/],
  ['cut', /^$/, ({ message }) => /^(aborted|socket hang up|premature close|connection lost|checksum mismatch)/i.test(message)],
]

function kindOf(error: Told): AwsTrouble {
  const names = [error.name, error.Code ?? '', error.code ?? ''].filter(name => name !== '')
  return KINDS.find(([, name, also]) => names.some(one => name.test(one)) || also?.(error))?.[0] ?? 'other'
}

export const troubleOfAws = (error: unknown): AwsTrouble => kindOf(told(error))

/** Keys of AWS and passwords in addresses are nobody's business. */
const withoutSecrets = (text: string): string =>
  text.replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, '(key id)').replace(/\/\/[^/@\s]+@/g, '//')

/** One sentence, in lower case and without a full stop, as it stands within another. */
const asClause = (message: string): string => withoutSecrets(message.replace(/\s+/g, ' ').trim().replace(/\.$/, ''))

const MISSING: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  InvalidBucketName: 'this is not the name of a bucket',
  NoSuchKey: 'there is no such object',
  QueueDoesNotExist: 'there is no such queue in this account and region',
  'AWS.SimpleQueueService.NonExistentQueue': 'there is no such queue in this account and region',
  ResourceNotFoundException: 'there is no such log group in this account and region',
}

function credentials({ name, message }: Told): string {
  if (name === 'RequestTimeTooSkewed') return 'the clock of this machine differs from that of AWS: set it right'
  if (/expired|refresh/i.test(name) || /expired/i.test(message))
    return 'the AWS credentials have expired: sign in again (`aws sso login`) or renew them'
  if (/Provider/.test(name) || /could not load/i.test(message)) {
    const profile = /profile(?:[:=]| named)?\s*\[?([\w.@-]+)/i.exec(message)?.[1]
    return profile
      ? `the profile ${profile} gives no AWS credentials: see \`aws configure list --profile ${profile}\``
      : 'no AWS credentials were found: name a profile with --profile, sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; public data needs --no-sign-request'
  }
  return `AWS does not accept these credentials (${name}): check the profile or the keys`
}

function denied({ message }: Told): string {
  const what = /^(access denied|forbidden|unknownerror|user is not authorized.{0,3})?\.?$/i.test(message)
    ? ''
    : `: ${asClause(message)}`
  if (/sts:AssumeRole/.test(message)) return `the role may not be assumed${what}: check its trust policy and --external-id`
  return `access denied${what}: allow it in the IAM policy and the policy of the bucket or queue`
}

function region({ message, $response }: Told): string {
  if (message === 'Region is missing') return 'no AWS region is set: give --region, or set AWS_REGION'
  const actual = $response?.headers['x-amz-bucket-region'] ?? /expecting '([\w-]+)'/.exec(message)?.[1]
  return actual
    ? `it stands in another region: give --region ${actual}`
    : 'it stands in another region, and AWS does not say which: give --region'
}

const socket: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there (connection refused)',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
}

/** What went wrong, by name, and what to do, in one sentence. Never holds a credential. */
export function reasonOfAws(error: unknown): string {
  const about = told(error)
  const { attempts } = about.$metadata
  const tries = attempts && attempts > 1 ? ` ${attempts} times in a row` : ''
  switch (kindOf(about)) {
    case 'credentials':
      return credentials(about)
    case 'missing':
      return MISSING[about.name] ?? MISSING[about.Code ?? ''] ?? 'there is no such thing in this account and region'
    case 'key':
      return `its KMS key denies us: ${asClause(about.message)}: allow kms:Decrypt in the IAM policy and in the policy of the key`
    case 'denied':
      return denied(about)
    case 'region':
      return region(about)
    case 'archived':
      return 'it is archived (S3 Glacier or an archive tier): restore it first'
    case 'changed':
      return 'it kept changing while it was read: run again'
    case 'throttled':
      return `AWS asked to slow down${tries}: run again later`
    case 'unreachable':
      return `AWS cannot be reached: ${socket[about.code ?? ''] ?? asClause(about.message)}: check the network, the region and --endpoint-url`
    case 'cut':
      return `the connection was cut or fell silent${tries}: run again`
    case 'other':
      return [about.name === 'Error' ? '' : about.name, asClause(about.message)].filter(part => part !== '').join(': ')
  }
}
