export { main } from './main.js'
export type { Effects, Screen } from './effects.js'
