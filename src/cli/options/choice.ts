import { Fault } from '../../fault/index.js'

/** Reads one of the words that an option takes. */
export function choiceOf<T extends string>(option: string, words: readonly T[]): (text: string) => T {
  return text => {
    const word = words.find(each => each === text)
    if (word !== undefined) return word
    throw wrongOption(option, text, words.join(', '))
  }
}

/** The Fault of an option's value that is none. */
export const wrongOption = (option: string, given: string, expected: string): Fault =>
  new Fault({ code: 'option-value', kind: 'usage', message: `${option} cannot be "${given}"`, where: option, expected })
