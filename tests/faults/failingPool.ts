/**
 * A pool whose k-th statement fails: before it is sent (failed and not done) or after its answer came (failed but done).
 * What fails is the statement as the program sees it; the database itself is real, and stays whole.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'

export class PlantedFailure extends Error {
  constructor() {
    super('planted failure')
  }
}

export class FailingPool {
  /** Statements sent since `arm`. */
  count = 0
  /** Their texts. */
  readonly sent: string[] = []
  #at = 0
  #when: 'before' | 'after' = 'before'

  /** @param at counts from 1; 0 lets all pass */
  arm(at: number, when: 'before' | 'after' = 'before'): void {
    this.count = 0
    this.sent.length = 0
    this.#at = at
    this.#when = when
  }

  readonly wrap = (pool: PostgresPool): PostgresPool => ({
    options: pool.options,
    end: () => pool.end(),
    connect: async () => this.#client(await pool.connect()),
  })

  #client(client: PostgresPoolClient): PostgresPoolClient {
    const query = client.query.bind(client) as (sql: string, parameters: readonly unknown[]) => Promise<unknown>
    const failing = async (sql: string, parameters: readonly unknown[]) => {
      const isIt = ++this.count === this.#at
      this.sent.push(sql)
      if (isIt && this.#when === 'before') throw new PlantedFailure()
      const answer = await query(sql, parameters)
      if (isIt) throw new PlantedFailure()
      return answer
    }
    // Both overloads of `query` pass through; cursors are not used here.
    return { query: failing as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
  }
}
