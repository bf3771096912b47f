/** How AWS is reached; what is not given is found as the AWS CLI finds it (environment, profile, role of the machine). */
export interface AwsOptions {
  readonly profile?: string | undefined
  /** The client's region, not that of the data. */
  readonly region?: string | undefined
  /** Another address of the service itself, as with the AWS CLI; STS is not reached through it. */
  readonly endpointUrl?: string | undefined
  /** Public data: no credentials are looked for. */
  readonly noSignRequest?: boolean | undefined
  /** A role to assume; `{account}` in it stands for the account whose data is read. */
  readonly roleArn?: string | undefined
  readonly externalId?: string | undefined
  /** Reading from a bucket whose requester pays is paid for by us. */
  readonly requestPayer?: boolean | undefined
  /** Ends what is going on; what was begun rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

const ACCOUNT = '{account}'

/** Whether each account is read under a role of its own. */
export const hasRolePerAccount = ({ roleArn }: AwsOptions): boolean => roleArn?.includes(ACCOUNT) ?? false

/** Requests are tried this often, with growing pauses, where trying again may help. */
export const MAX_ATTEMPTS = 6

const CONNECT_MS = 10_000
const SILENCE_MS = 60_000
const MAX_SOCKETS = 128

/**
 * Options for any client of the AWS SDK. Where the role holds `{account}` and no account is given, the caller's own credentials
 * are used.
 */
export async function clientConfig(options: AwsOptions, account?: string) {
  // Weir says itself which Node it needs.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const region = options.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']
  const basic = {
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
    },
    ...(region ? { region } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
  }
  const reached = { ...basic, ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}) }
  if (options.noSignRequest) return { ...reached, ...unsigned }
  const roleArn = hasRolePerAccount(options) ? account && options.roleArn?.replaceAll(ACCOUNT, account) : options.roleArn
  if (!roleArn) return reached
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const credentials = fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'weir',
      ...(options.externalId ? { ExternalId: options.externalId } : {}),
    },
    clientConfig: basic,
  })
  return { ...reached, credentials }
}

const unsigned = {
  credentials: async () => ({ accessKeyId: '', secretAccessKey: '' }),
  signer: { sign: async <Request>(request: Request) => request },
}
