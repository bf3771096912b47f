import { instantOrAge } from './time.js'

/** Reads a UTC day as YYYY-MM-DD: given so, or as an age. */
export const dayOption = (option: string, text: string, now: Date): string =>
  instantOrAge(option, text, now).toISOString().slice(0, 10)
