import { Option, type Command } from 'commander'
import { z } from 'zod'
import type { AwsOptions } from '../../source/index.js'
import { wrongOption } from './choice.js'
import { ageOf } from './time.js'

/** How AWS is reached, and which of its data is wanted. */
export interface AwsChoice {
  readonly aws: AwsOptions
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  readonly streams: readonly string[]
  /** Milliseconds before the span that is asked for, from which objects and events are looked at again: some come late. */
  readonly lookBack: number
}

const shape = z.object({
  profile: z.string().optional(),
  region: z.string().optional(),
  endpointUrl: z.string().optional(),
  signRequest: z.boolean().default(true),
  requestPayer: z.boolean().default(false),
  roleArn: z.string().optional(),
  externalId: z.string().optional(),
  account: z.array(z.string()).default([]),
  regions: z.array(z.string()).default([]),
  stream: z.array(z.string()).default([]),
  lookBack: z.number().default(86_400_000),
})

/** The options of a command that reads from AWS. */
export const withAws = (command: Command): Command =>
  withAwsObjects(command).addOption(
    new Option('--stream <prefix...>', 'AWS: log streams whose names begin so only').argParser(many(text => text)),
  )

/** The same of a command that reads no log streams. */
export const withAwsObjects = (command: Command): Command =>
  command
    .option('--profile <name>', 'AWS: the profile of the AWS CLI')
    .option('--region <name>', 'AWS: the region of the service that is asked')
    .option('--endpoint-url <url>', 'AWS: another address of the service')
    .option('--no-sign-request', 'AWS: ask without credentials, for public data')
    .option('--request-payer', 'AWS: pay for reading from a bucket whose requester pays')
    .option('--role-arn <arn>', 'AWS: a role to assume; {account} in it stands for each account')
    .option('--external-id <id>', 'AWS: what the role wants to hear')
    .addOption(new Option('--account <id...>', 'AWS: data of these accounts only').argParser(many(accountId)))
    .addOption(new Option('--regions <name...>', 'AWS: data of these regions only').argParser(many(text => text)))
    .addOption(
      new Option('--look-back <age>', 'how long before the asked span to look for what came late (default: 1d)').argParser(
        (text: string) => ageOf('--look-back', text),
      ),
    )

export function awsOptions(command: Command, signal: AbortSignal): AwsChoice {
  const { account, regions, stream, lookBack, signRequest, ...given } = shape.parse(command.opts())
  return { aws: { ...given, noSignRequest: !signRequest, signal }, accounts: account, regions, streams: stream, lookBack }
}

const many =
  (each: (text: string) => string) =>
  (text: string, before: string[] | undefined): string[] => [...(before ?? []), ...text.split(',').map(each)]

function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text
  throw wrongOption('--account', text, 'the twelve digits of an account')
}
