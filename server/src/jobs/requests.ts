/**
 * Carries requests on in the background. Of access: ends what they remember, a day after they were opened. Of erasure:
 * those that were opened, those that a death of the process cut short, and once at each start those that failed because
 * something was still found. One at a time, tried again until it is done.
 */
import type { Desk } from '../commands/desk.ts'
import { endAccess } from '../commands/request.ts'
import { failedErasures, runningRequests } from '../store/request.ts'
import { carryOnErasure, retryErasure } from './erasure.ts'

export interface Requests {
  /** There is something to do: at once, not at the next look. */
  wake(): void
  /** Stops after the stage that runs. */
  stop(): Promise<void>
}

const pauseMs = 5_000

/** @param failed told of each failure of a store; the request stands where it stood, and is tried again */
export function startRequests(desk: Desk, failed: (error: unknown) => void): Requests {
  const stopping = new AbortController()
  let again = Promise.withResolvers<void>()

  async function retryOnce(): Promise<void> {
    for (const requestId of await desk.database.transaction(failedErasures)) {
      if (stopping.signal.aborted) return
      await retryErasure(desk, requestId, stopping.signal).catch(failed)
    }
  }

  async function round(): Promise<void> {
    await endAccess(desk)
    for (const requestId of await desk.database.transaction(runningRequests)) {
      if (stopping.signal.aborted) return
      await carryOnErasure(desk, requestId, { signal: stopping.signal }).catch(failed)
    }
  }

  async function run(): Promise<void> {
    await retryOnce().catch(failed)
    while (!stopping.signal.aborted) {
      again = Promise.withResolvers<void>()
      await round().catch(failed)
      const timer = setTimeout(() => again.resolve(), pauseMs)
      if (!stopping.signal.aborted) await again.promise
      clearTimeout(timer)
    }
  }

  const running = run()
  return {
    wake: () => again.resolve(),
    async stop() {
      stopping.abort()
      again.resolve()
      await running
    },
  }
}
