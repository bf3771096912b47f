import { type Place, refuse } from '../fail.js'
import { commonType, type Type, typeName } from '../types.js'
import { type Bound, converted } from './bound.js'

/** Values that must share a type, each turned into it. */
export function unified(items: readonly Bound[], what: string, at: Place): { items: readonly Bound[]; type: Type } {
  const [first, ...rest] = items
  let type: Type = first?.type ?? { kind: 'unknown' }
  for (const item of rest) {
    const common = commonType(type, item.type)
    if (!common)
      throw refuse('sql-type', `${what} cannot hold both ${typeName(type)} and ${typeName(item.type)}.`, at, {
        action: 'CAST one of them',
      })
    type = common
  }
  const to = type
  return { items: items.map(item => converted(item, to)), type }
}
