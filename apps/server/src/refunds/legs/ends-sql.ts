import { sql } from 'kysely'
import { LEG_ENDS } from './leg-states.ts'

/** `('paid', …)`, written out as in the partial indexes: a parameter would not be seen to fit them. */
export const ENDS_SQL = sql`(${sql.join(LEG_ENDS.map((state) => sql.lit(state)))})`
