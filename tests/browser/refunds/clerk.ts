import type { On } from '../patient-visitor.ts'
import { OPERATOR_KEY } from './money.ts'

/** Somebody of the hospital's finance, at the console's API. */
export async function clerk(on: On, operator: string) {
  const { origin } = on.stack.server
  const signedIn = await fetch(`${origin}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams({ operator, key: OPERATOR_KEY }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
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
