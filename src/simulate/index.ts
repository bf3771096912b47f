export type { Label } from './labels.js'
export type { SimulationOptions } from './options.js'
export { SCENARIOS, type Scenario } from './scenarios/scenarios.js'
export { simulate, type SimulationEffects, type SimulationSummary } from './simulate.js'
