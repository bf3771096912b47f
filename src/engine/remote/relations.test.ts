import { expect, test } from 'vitest'
import { FIELDS } from '../../format/index.js'
import { relationDefinitions } from '../relations/index.js'
import { RemoteRelations } from './relations.js'

/** The relations of a schema in which `weir ddl` has made its views, and these tables beside the logs. */
function relationsOver(...beside: readonly string[]): RemoteRelations {
  const views = ['records', 'vpc_flow_logs', ...relationDefinitions().map(({ name }) => name)]
  const tables = new Map([...views, ...beside].map(name => [name, []]))
  return new RemoteRelations({ stored: { fields: FIELDS, partition: 'date', tables }, window: {}, own: [], now: new Date(0) })
}

const MADE_FOR_FLOWS = [
  'paths',
  'address_scopes',
  'shared_addresses',
  'interface_addresses',
  'translators',
  'interfaces',
  'addresses',
  'placed_paths',
]

test('what reads nothing of the logs is not made: it is written out where it is read', () => {
  expect(relationsOver().toMake(['flows'])).toEqual(MADE_FOR_FLOWS)
  expect(relationsOver().toMake(['records', 'vpc_flow_logs'])).toEqual([])
})

test('what reads tables beside the logs is made', () => {
  expect(relationsOver('network_interfaces').toMake(['flows'])).toEqual([
    'inventory_interfaces',
    'inventory_networks',
    ...MADE_FOR_FLOWS,
  ])
})

test('what is made is not made again', () => {
  const relations = relationsOver()
  relations.isMade('address_scopes', 'weir_run_1')
  expect(relations.toMake(['flows'])).toEqual(MADE_FOR_FLOWS.filter(name => name !== 'address_scopes'))
})

test('a copy of the window is wider than records by the name of the object, which a star does not show', () => {
  const relations = relationsOver()
  expect(relations.rowsToStore('records')).toContain('"$path" AS source_object')
  relations.isMade('records', 'weir_run_2')
  expect(relations.text(relations.translation('SELECT * FROM records'))).not.toContain('source_object')
  expect(relations.text(relations.translation('SELECT "$path" FROM records'))).toContain('source_object AS "$path"')
})
