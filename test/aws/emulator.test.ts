import { expect, test } from 'vitest'
import { describeAws } from './emulator.js'

describeAws('the emulator', aws => {
  test('answers', async () => {
    expect((await fetch(`${aws.endpoint}/moto-api/data.json`)).status).toBe(200)
  })
})
