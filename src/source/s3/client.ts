import type { S3Client } from '@aws-sdk/client-s3'
import { clientConfig, hasRolePerAccount, type AwsOptions } from '../aws/options.js'

/** Any region knows where a bucket is: redirects are followed. */
const FALLBACK_REGION = 'us-east-1'

/** S3 as one person sees it, or as the role of each account does. */
export class S3 {
  readonly #options: AwsOptions
  readonly #clients = new Map<string, Promise<S3Client>>()

  constructor(options: AwsOptions) {
    this.#options = options
  }

  /** The SDK is loaded when the first client is made. */
  async sdk() {
    return import('@aws-sdk/client-s3')
  }

  /** The client that reads an account's data; the caller's own where each account has a role and the account is not known. */
  client(account?: string): Promise<S3Client> {
    const of = hasRolePerAccount(this.#options) ? account : undefined
    const key = of ?? ''
    const client = this.#clients.get(key) ?? this.#open(of)
    this.#clients.set(key, client)
    return client
  }

  /** What every request says besides what it asks. */
  get payer(): { readonly RequestPayer?: 'requester' } {
    return this.#options.requestPayer ? { RequestPayer: 'requester' } : {}
  }

  get sending(): { readonly abortSignal?: AbortSignal } {
    return this.#options.signal ? { abortSignal: this.#options.signal } : {}
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal
  }

  close(): void {
    for (const client of this.#clients.values())
      client.then(
        opened => opened.destroy(),
        () => {},
      )
    this.#clients.clear()
  }

  async #open(account: string | undefined): Promise<S3Client> {
    const { S3Client } = await this.sdk()
    const config = {
      ...(await clientConfig(this.#options, account)),
      followRegionRedirects: true,
      forcePathStyle: this.#options.endpointUrl !== undefined,
    }
    const client = new S3Client(config)
    return client.config.region().then(
      () => client,
      () => new S3Client({ ...config, region: FALLBACK_REGION }),
    )
  }
}
