import type { SQSClient } from '@aws-sdk/client-sqs'
import { clientConfig, type AwsOptions } from '../aws/options.js'
import type { SqsAddress } from './address.js'

/** A message as SQS hands it out: its handle is good for deleting it until it is handed out again. */
export interface Received {
  readonly id: string
  readonly handle: string
  readonly body: string
}

/** Most that SQS takes in one request. */
const BATCH = 10
/** A receive waits this long, so that all servers of the queue are asked. */
const WAIT_SECONDS = 1

/** One queue in SQS. Everything rejects with what the SDK says. */
export class Queue {
  readonly #address: SqsAddress
  readonly #options: AwsOptions
  #opened: Promise<{ readonly client: SQSClient; readonly url: string }> | undefined

  constructor(address: SqsAddress, options: AwsOptions) {
    this.#address = address
    this.#options = options
  }

  /** At most ten messages, which nobody else is handed for that many seconds; none where the queue is empty. */
  async receive(visibility: number): Promise<readonly Received[]> {
    const { ReceiveMessageCommand } = await import('@aws-sdk/client-sqs')
    const { client, url } = await this.#open()
    const { signal } = this.#options
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: BATCH,
        WaitTimeSeconds: WAIT_SECONDS,
        VisibilityTimeout: visibility,
      }),
      signal ? { abortSignal: signal } : {},
    )
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
      id: MessageId,
      handle: ReceiptHandle,
      body: Body,
    }))
  }

  async delete(handles: readonly string[]): Promise<void> {
    const { DeleteMessageBatchCommand } = await import('@aws-sdk/client-sqs')
    const { client, url } = await this.#open()
    for (const entries of batches(handles)) await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }))
  }

  /** Keeps messages to ourselves for that many seconds from now. */
  async keep(handles: readonly string[], visibility: number): Promise<void> {
    const { ChangeMessageVisibilityBatchCommand } = await import('@aws-sdk/client-sqs')
    const { client, url } = await this.#open()
    for (const entries of batches(handles)) {
      const Entries = entries.map(entry => ({ ...entry, VisibilityTimeout: visibility }))
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
    }
  }

  close(): void {
    this.#opened?.then(
      ({ client }) => client.destroy(),
      () => {},
    )
  }

  #open() {
    return (this.#opened ??= this.#find())
  }

  async #find() {
    const { GetQueueUrlCommand, SQSClient } = await import('@aws-sdk/client-sqs')
    const address = this.#address
    const region = this.#options.region ?? ('url' in address ? address.region : undefined)
    const account = 'url' in address ? /\/(\d{12})\/[^/]+$/.exec(address.url)?.[1] : address.account
    const client = new SQSClient({
      ...(await clientConfig({ ...this.#options, region }, account)),
      useQueueUrlAsEndpoint: this.#options.endpointUrl === undefined,
    })
    if ('url' in address) return { client, url: address.url }
    const owner = address.account ? { QueueOwnerAWSAccountId: address.account } : {}
    const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: address.name, ...owner }))
    return { client, url: QueueUrl }
  }
}

function* batches(handles: readonly string[]) {
  for (let from = 0; from < handles.length; from += BATCH)
    yield handles.slice(from, from + BATCH).map((handle, i) => ({ Id: String(i), ReceiptHandle: handle }))
}
