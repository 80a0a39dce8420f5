/** The input of a call that takes none. */
import { z } from 'zod'

export const nothing = z.strictObject({})
