/** What a task gives: something for the outside, or more tasks. */
export type Step<Task, Result> = { readonly give: Result } | { readonly then: readonly Task[] }

/**
 * Runs tasks, and those that they lead to, a few at once, the newest first so that few are waiting. Each task waits with
 * what it has until somebody asks: no more results are held than tasks run.
 */
export async function* atOnce<Task, Result>(
  first: Task,
  run: (task: Task) => AsyncIterable<Step<Task, Result>>,
  limit: number,
): AsyncGenerator<Result, void, void> {
  const waiting = [first]
  const running = new Map<AsyncIterator<Step<Task, Result>>, Promise<Next<Task, Result>>>()
  const goOn = (iterator: AsyncIterator<Step<Task, Result>>) => {
    running.set(
      iterator,
      iterator.next().then(result => ({ iterator, result })),
    )
  }
  try {
    for (;;) {
      while (running.size < limit) {
        const task = waiting.pop()
        if (task === undefined) break
        goOn(run(task)[Symbol.asyncIterator]())
      }
      if (running.size === 0) return
      const { iterator, result } = await Promise.race(running.values())
      if (result.done) {
        running.delete(iterator)
      } else {
        if ('give' in result.value) yield result.value.give
        else waiting.push(...[...result.value.then].reverse())
        goOn(iterator)
      }
    }
  } finally {
    // Whoever asked has gone away, or one task failed: the others end.
    await Promise.allSettled([...running.values()])
    await Promise.allSettled([...running.keys()].map(async iterator => iterator.return?.()))
  }
}

interface Next<Task, Result> {
  readonly iterator: AsyncIterator<Step<Task, Result>>
  readonly result: IteratorResult<Step<Task, Result>>
}
