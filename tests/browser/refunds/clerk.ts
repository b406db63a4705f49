import { signInAs } from '../../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import type { On } from '../patient-visitor.ts'

/** Somebody of the hospital's finance, at the console's API. */
export async function clerk(on: On, loginName: string) {
  const { origin } = on.stack.server
  const parts = { database: on.database.database, clock: on.stack.sandbox.clock }
  const cookie = await signInAs(parts, { origin, loginName, role: 'finance' })
  return {
    post: async (path: string, body: object): Promise<number> => {
      const answer = await fetch(`${origin}/api/v1/console/refunds${path}`, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answer.status
    },
  }
}
