import type { Effects } from '../effects.js'

/** How this program is called where it runs, so that what it says can be typed. */
export function programName(env: Effects['env']): string {
  if (env.npm_lifecycle_event === 'start') return 'npm start --'
  return env.npm_lifecycle_event === 'npx' ? 'npx weir' : 'weir'
}
