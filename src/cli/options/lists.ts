import { isCidr } from './address.js'

/** Options that take several values in a row, each with what tells a value of theirs from the SOURCE that may follow it. */
const LISTS: Readonly<Record<string, (word: string) => boolean>> = {
  '--own': word => word.split(',').every(isCidr),
  '--rules': word => /\.ya?ml$/i.test(word),
}

/** Makes `--own A B ./logs` into `--own A --own B ./logs`, so that a list ends where its values end. */
export function spreadLists(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  const spread: string[] = []
  let list: string | undefined
  for (const [i, word] of args.entries()) {
    const belongs = list === undefined ? undefined : LISTS[list]
    const isFirst = spread.at(-1) === list
    if (end !== -1 && i >= end) spread.push(word)
    else if (list !== undefined && belongs && !isFirst && belongs(word)) spread.push(list, word)
    else {
      spread.push(word)
      if (word in LISTS) list = word
      else if (!isFirst) list = undefined
    }
  }
  return spread
}
