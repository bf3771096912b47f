import { z } from 'zod'
import { Fault } from '../../fault/index.js'
import type { ReferenceRow } from '../../engine/index.js'
import { read, type JsonDocument } from './json-documents.js'
import { networkColumns } from './networks.js'

/** What a command of the AWS CLI prints, as rows. */
export interface AwsListing {
  /** As a person types it. */
  readonly command: string
  rows(documents: readonly JsonDocument[], file: string): ReferenceRow[]
}

const text = z.string().nullish()
const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).nullish()
const address = z.string().refine(value => !value.includes('/') && networkColumns(value), 'this is no address')
/** A CIDR, without bits behind the prefix. */
const cidr = z.string().transform((value, context) => {
  const network = networkColumns(value)?.network
  if (network === undefined) context.addIssue('this is no network')
  return network ?? value
})
const association = z.object({ PublicIp: address.nullish(), CarrierIp: address.nullish() }).nullish()

const networkInterface = z.object({
  NetworkInterfaceId: z.string(),
  OwnerId: text,
  Description: text,
  InterfaceType: text,
  Status: text,
  RequesterManaged: z.boolean().nullish(),
  AvailabilityZone: text,
  VpcId: text,
  SubnetId: text,
  MacAddress: text,
  PrivateIpAddress: address.nullish(),
  PrivateIpAddresses: z.array(z.object({ PrivateIpAddress: address.nullish(), Association: association })).nullish(),
  Ipv6Addresses: z.array(z.object({ Ipv6Address: address })).nullish(),
  Ipv4Prefixes: z.array(z.object({ Ipv4Prefix: cidr })).nullish(),
  Ipv6Prefixes: z.array(z.object({ Ipv6Prefix: cidr })).nullish(),
  Association: association,
  Attachment: z.object({ InstanceId: text }).nullish(),
  Groups: z.array(z.object({ GroupId: z.string() })).nullish(),
  TagSet: tags,
})

const instance = z.object({
  InstanceId: z.string(),
  InstanceType: text,
  State: z.object({ Name: text }).nullish(),
  LaunchTime: z.string().nullish(),
  Placement: z.object({ AvailabilityZone: text }).nullish(),
  VpcId: text,
  SubnetId: text,
  ImageId: text,
  IamInstanceProfile: z.object({ Arn: text }).nullish(),
  NetworkInterfaces: z.array(networkInterface).nullish(),
  Tags: tags,
})

const reservation = z.object({ OwnerId: text, Instances: z.array(instance) })

const vpc = z.object({
  VpcId: z.string(),
  OwnerId: text,
  IsDefault: z.boolean().nullish(),
  CidrBlock: cidr.nullish(),
  CidrBlockAssociationSet: z
    .array(z.object({ CidrBlock: cidr.nullish(), CidrBlockState: z.object({ State: text }).nullish() }))
    .nullish(),
  Ipv6CidrBlockAssociationSet: z
    .array(z.object({ Ipv6CidrBlock: cidr.nullish(), Ipv6CidrBlockState: z.object({ State: text }).nullish() }))
    .nullish(),
  Tags: tags,
})

const subnet = z.object({
  SubnetId: z.string(),
  VpcId: text,
  OwnerId: text,
  AvailabilityZone: text,
  CidrBlock: cidr.nullish(),
  Ipv6CidrBlockAssociationSet: vpc.shape.Ipv6CidrBlockAssociationSet,
  Tags: tags,
})

const flowLog = z.object({
  FlowLogId: z.string(),
  ResourceId: text,
  FlowLogStatus: text,
  TrafficType: text,
  MaxAggregationInterval: z.number().int().nullish(),
  LogFormat: text,
  LogDestinationType: text,
  LogDestination: text,
  LogGroupName: text,
  DestinationOptions: z.object({ FileFormat: text }).nullish(),
  DeliverLogsStatus: text,
  DeliverLogsErrorMessage: text,
  Tags: tags,
})

/** What `describe-…` prints under `key`, a row for each element. */
function listing<T>(command: string, key: string, element: z.ZodType<T>, row: (element: T) => ReferenceRow[]): AwsListing {
  const page = z.object({ [key]: z.array(element) })
  return {
    command,
    rows(documents, file) {
      const pages = documents.flatMap(paged)
      if (pages.map(each => read(more, each, file, command)).at(-1)?.NextToken) throw cutOff(command, file)
      return pages.flatMap(each =>
        Object.values(read(page, each, file, command))
          .flat()
          .flatMap(row),
      )
    },
  }
}

const more = z.object({ NextToken: text })

/** `jq -s` makes one array of several documents. */
const paged = (document: JsonDocument): JsonDocument[] =>
  Array.isArray(document.value) ? document.value.map((value: unknown, i) => ({ number: i + 1, value })) : [document]

const cutOff = (command: string, file: string): Fault =>
  new Fault({
    code: 'enrichment-partial',
    kind: 'source',
    message: 'the last page says that more follow (NextToken)',
    where: file,
    expected: `all that ${command} gives`,
    action: `${command} --output json, without --max-items and --no-paginate`,
  })

const present = (values: readonly (string | null | undefined)[]): string[] => [...new Set(values.filter(value => value != null))]
const tagMap = (list: z.infer<typeof tags>): Record<string, string> | null =>
  list?.length ? Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])) : null
const named = (list: z.infer<typeof tags>): string | null => list?.find(({ Key }) => Key === 'Name')?.Value || null
/** `us-east-1a`, and `us-west-2-lax-1a` of a local zone. */
const regionOf = (zone: string | null | undefined): string | null => /^[a-z]+(?:-[a-z]+)+-\d+/.exec(zone ?? '')?.[0] ?? null

function addressesOf(eni: z.infer<typeof networkInterface>): { all: string[]; shared: string[] } {
  const associations = [eni.Association, ...(eni.PrivateIpAddresses ?? []).map(each => each.Association)]
  const shared = present(associations.flatMap(each => [each?.PublicIp, each?.CarrierIp]))
  const inside = [eni.PrivateIpAddress, ...(eni.PrivateIpAddresses ?? []).map(each => each.PrivateIpAddress)]
  const six = (eni.Ipv6Addresses ?? []).map(each => each.Ipv6Address)
  return { all: present([...inside, ...six, ...shared]), shared }
}

export const networkInterfaces = listing('aws ec2 describe-network-interfaces', 'NetworkInterfaces', networkInterface, eni => {
  const { all, shared } = addressesOf(eni)
  return [
    {
      interface_id: eni.NetworkInterfaceId,
      instance_id: eni.Attachment?.InstanceId ?? null,
      name: named(eni.TagSet),
      description: eni.Description ?? null,
      interface_type: eni.InterfaceType ?? null,
      status: eni.Status ?? null,
      requester_managed: eni.RequesterManaged ?? null,
      account_id: eni.OwnerId ?? null,
      region: regionOf(eni.AvailabilityZone),
      availability_zone: eni.AvailabilityZone ?? null,
      vpc_id: eni.VpcId ?? null,
      subnet_id: eni.SubnetId ?? null,
      mac_address: eni.MacAddress ?? null,
      addresses: all,
      public_addresses: shared,
      prefixes: present([
        ...(eni.Ipv4Prefixes ?? []).map(each => each.Ipv4Prefix),
        ...(eni.Ipv6Prefixes ?? []).map(each => each.Ipv6Prefix),
      ]),
      security_groups: (eni.Groups ?? []).map(group => group.GroupId),
      tags: tagMap(eni.TagSet),
    },
  ]
})

export const instances = listing('aws ec2 describe-instances', 'Reservations', reservation, ({ OwnerId, Instances }) =>
  Instances.map(each => ({
    instance_id: each.InstanceId,
    name: named(each.Tags),
    instance_type: each.InstanceType ?? null,
    state: each.State?.Name ?? null,
    launch_time: secondsOf(each.LaunchTime),
    account_id: OwnerId ?? null,
    region: regionOf(each.Placement?.AvailabilityZone),
    availability_zone: each.Placement?.AvailabilityZone ?? null,
    vpc_id: each.VpcId ?? null,
    subnet_id: each.SubnetId ?? null,
    image_id: each.ImageId ?? null,
    instance_profile: each.IamInstanceProfile?.Arn ?? null,
    interfaces: Object.fromEntries((each.NetworkInterfaces ?? []).map(eni => [eni.NetworkInterfaceId, addressesOf(eni).all])),
    tags: tagMap(each.Tags),
  })),
)

function secondsOf(time: string | null | undefined): number | null {
  const milliseconds = Date.parse(time ?? '')
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000)
}

const sixNetworks = (set: z.infer<typeof vpc>['Ipv6CidrBlockAssociationSet']): (string | null | undefined)[] =>
  (set ?? []).filter(each => isStanding(each.Ipv6CidrBlockState?.State)).map(each => each.Ipv6CidrBlock)
const isStanding = (state: string | null | undefined): boolean => state == null || state.startsWith('associat')

export const vpcs = listing('aws ec2 describe-vpcs', 'Vpcs', vpc, each => [
  {
    vpc_id: each.VpcId,
    name: named(each.Tags),
    account_id: each.OwnerId ?? null,
    is_default: each.IsDefault ?? null,
    networks: present([
      each.CidrBlock,
      ...(each.CidrBlockAssociationSet ?? [])
        .filter(({ CidrBlockState }) => isStanding(CidrBlockState?.State))
        .map(({ CidrBlock }) => CidrBlock),
      ...sixNetworks(each.Ipv6CidrBlockAssociationSet),
    ]),
    tags: tagMap(each.Tags),
  },
])

export const subnets = listing('aws ec2 describe-subnets', 'Subnets', subnet, each => [
  {
    subnet_id: each.SubnetId,
    name: named(each.Tags),
    account_id: each.OwnerId ?? null,
    region: regionOf(each.AvailabilityZone),
    availability_zone: each.AvailabilityZone ?? null,
    vpc_id: each.VpcId ?? null,
    networks: present([each.CidrBlock, ...sixNetworks(each.Ipv6CidrBlockAssociationSet)]),
    tags: tagMap(each.Tags),
  },
])

export const flowLogs = listing('aws ec2 describe-flow-logs', 'FlowLogs', flowLog, each => [
  {
    flow_log_id: each.FlowLogId,
    resource_id: each.ResourceId ?? null,
    status: each.FlowLogStatus ?? null,
    traffic_type: each.TrafficType ?? null,
    max_aggregation_interval: each.MaxAggregationInterval ?? null,
    log_format: each.LogFormat ?? null,
    log_destination_type: each.LogDestinationType ?? null,
    log_destination: each.LogDestination ?? each.LogGroupName ?? null,
    file_format: each.DestinationOptions?.FileFormat ?? null,
    delivery_status: each.DeliverLogsStatus ?? null,
    delivery_error: each.DeliverLogsErrorMessage ?? null,
    tags: tagMap(each.Tags),
  },
])
