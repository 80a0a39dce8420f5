/** What one measurement says: ours, what a user would have instead, both in `unit`, and the ratio that was promised. */
export interface Measurement {
  readonly name: string
  readonly ours: number
  readonly peer: number
  readonly unit: string
  /** How much better ours is: above 1 better, below 1 worse. */
  readonly ratio: number
  /** The least the ratio may be. */
  readonly goal: number
}

export type Report = (measurement: Measurement) => void
