import pc from 'picocolors'
import type { Severity } from '../../detect/index.js'
import type { Effects, Screen } from '../effects.js'

type Paint = (text: string) => string

/** The few styles that output uses; each is the text itself where colours are off. */
export interface Style {
  readonly strong: Paint
  readonly faint: Paint
  readonly bad: Paint
  readonly warning: Paint
  readonly good: Paint
  readonly severity: Readonly<Record<Severity, Paint>>
}

/** Colours on a terminal only, unless `--no-color`, NO_COLOR or TERM=dumb say otherwise. */
export function styleFor(screen: Pick<Screen, 'isTerminal'>, wanted: boolean, env: Effects['env']): Style {
  const colours = wanted && screen.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
  const c = pc.createColors(colours)
  return {
    strong: c.bold,
    faint: c.dim,
    bad: text => c.bold(c.red(text)),
    warning: c.yellow,
    good: c.green,
    severity: {
      critical: text => c.bold(c.magenta(text)),
      high: text => c.bold(c.red(text)),
      medium: c.yellow,
      low: c.cyan,
      info: c.dim,
    },
  }
}
