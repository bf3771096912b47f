const FACTORS = [0.5, 0.75, 1, 1.5, 2, 3, 5]
const WIDE = 10

/** Values around a threshold, itself among them, in order; whole ones, and none below 1, where it counts something. */
export const otherThresholds = (value: number, isWhole: boolean): readonly number[] =>
  [...new Set(FACTORS.map(factor => (factor === 1 ? value : settled(value * factor, isWhole))))].sort((a, b) => a - b)

/** Far enough below and above to see what a threshold keeps out. */
export const lowered = (value: number, isWhole: boolean): number => settled(value / WIDE, isWhole)
export const raised = (value: number, isWhole: boolean): number => settled(value * WIDE, isWhole)

const settled = (value: number, isWhole: boolean): number =>
  isWhole ? Math.max(1, Math.round(value)) : Number(value.toPrecision(3))
