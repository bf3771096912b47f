/** Whether all that there is of the engines' tests is wanted, which takes long: `npm run test:engines`. */
export const isLong = process.env['WEIR_ENGINES'] === 'all'
