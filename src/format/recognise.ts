import { isIP } from 'node:net'
import type { Field, FieldKind } from './fields.js'
import { KNOWN_LAYOUTS, tokensOf, type Layout } from './layout.js'

const whole = (max: number) => (token: string) => /^\d{1,19}$/.test(token) && Number(token) <= max
const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i

/** What a token of each kind may look like. */
const KINDS: Readonly<Record<FieldKind, (token: string) => boolean>> = {
  integer: whole(2 ** 31 - 1),
  port: whole(65_535),
  protocol: whole(255),
  bigint: token => /^\d{1,19}$/.test(token),
  count: token => /^\d{1,19}$/.test(token),
  time: token => /^\d{9,13}$/.test(token),
  address: token => isIP(token) > 0 || MAC.test(token),
  action: token => token === 'ACCEPT' || token === 'REJECT',
  status: token => token === 'OK' || token === 'NODATA' || token === 'SKIPDATA',
  text: () => true,
}

/** Shapes of text fields that tell one order of columns from another. */
const TEXT_SHAPES: Readonly<Record<string, RegExp>> = {
  version: /^([2-9]|1[01])$/,
  'account-id': /^(\d{9,12}|unknown)$/,
  'interface-id': /^eni-/,
  'vpc-id': /^vpc-/,
  'subnet-id': /^subnet-/,
  'instance-id': /^i-/,
  type: /^(IPv4|IPv6|EFA)$/,
  region: /^[a-z]{2}(-[a-z]+)+-\d+$/,
  'az-id': /^[a-z]+\d+-az\d+$/,
  'flow-direction': /^(ingress|egress)$/,
  'ecs-cluster-arn': /^arn:/,
  'ecs-container-instance-arn': /^arn:/,
  'ecs-task-definition-arn': /^arn:/,
  'ecs-task-arn': /^arn:/,
  'ecs-cluster-name': /^(?!arn:)/,
  'ecs-service-name': /^(?!arn:)/,
  'reject-reason': /^(BPA|EC|[A-Z][A-Za-z]+)$/,
  'resource-id': /^nat-/,
  'resource-type': /^TransitGateway/,
  'tgw-id': /^tgw-/,
  'tgw-attachment-id': /^tgw-attach-/,
}

/** Whether a token may stand in a field; `-` may stand in any. */
export const tokenFits = (token: string, field: Field): boolean =>
  token === '-' || (KINDS[field.kind](token) && (TEXT_SHAPES[field.name]?.test(token) ?? true))

const lineFits = (tokens: readonly string[], layout: Layout): boolean =>
  tokens.length === layout.length && layout.every((field, i) => tokenFits(tokens[i] ?? '', field))

/**
 * The layout of lines that stand without a header: that one of the known layouts into which most of the lines fit, token by
 * token and not by their number alone. Undefined where none does, or where two fit equally well.
 */
export function layoutOfLines(lines: readonly string[]): Layout | undefined {
  const samples = lines.map(tokensOf).filter(tokens => tokens.length > 1)
  const fits = Object.values(KNOWN_LAYOUTS)
    .map(layout => ({ layout, count: samples.filter(tokens => lineFits(tokens, layout)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
  const [best, second] = fits
  return best && best.count !== second?.count ? best.layout : undefined
}
