import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Clock } from '@zhangyi/core'

export const ISSUER = 'https://login.hospital.example'
export const CLIENT = { id: 'zhangyi-console', secret: 'client-secret-of-the-console' }

const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2_048 })
// Some hundred milliseconds each: once is enough for all tests of a file.
const [keys, other] = [newKeys(), newKeys()]

interface Asked {
  readonly nonce: string
  readonly challenge: string
  readonly claims: Readonly<Record<string, unknown>>
}

type Claims = Record<string, unknown>

/** A provider of OpenID Connect in this process, with real keys and signatures, and ways to be a bad one. */
export function fakeProvider(clock: Clock) {
  const codes = new Map<string, Asked>()
  const faults = {
    isAway: false,
    /** Signs with a key that is not published. */
    hasForeignKey: false,
    change: (claims: Claims): Claims => claims,
  }
  const jwks = {
    keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
  }

  function idToken({ nonce, claims }: Asked): string {
    const now = Math.floor(clock.nowMs() / 1_000)
    const payload = faults.change({
      ...{ iss: ISSUER, aud: CLIENT.id, sub: 'subject-1', iat: now, exp: now + 300, nonce, ...claims },
    })
    const text = [{ alg: 'RS256', kid: 'one' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const key = faults.hasForeignKey ? other.privateKey : keys.privateKey
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
  }

  function token(headers: Headers, form: URLSearchParams): Response {
    const basic = Buffer.from((headers.get('authorization') ?? '').replace('Basic ', ''), 'base64').toString()
    // RFC 6749: both are form-encoded before they are joined.
    const [id, secret] = basic.split(':').map(decodeURIComponent)
    if (id !== CLIENT.id || secret !== CLIENT.secret) return refused(401, 'invalid_client')
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!asked || verifier !== asked.challenge) return refused(400, 'invalid_grant')
    return Response.json({
      ...{ access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', expires_in: 300 },
      id_token: idToken(asked),
    })
  }

  return {
    faults,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init)
      const { pathname } = new URL(request.url)
      if (faults.isAway) return new Response('', { status: 503 })
      if (pathname === '/.well-known/openid-configuration')
        return Response.json({
          ...{ issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, token_endpoint: `${ISSUER}/token` },
          ...{ authorization_endpoint: `${ISSUER}/authorize`, response_types_supported: ['code'] },
          ...{ subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] },
        })
      if (pathname === '/jwks') return Response.json(jwks)
      if (pathname === '/token') return token(request.headers, new URLSearchParams(await request.text()))
      return new Response('', { status: 404 })
    }) as typeof fetch,
    /** Somebody signs in there: where the browser is sent afterwards. */
    signIn(address: string, claims: Claims): URL {
      const asked = new URL(address).searchParams
      const code = randomBytes(16).toString('hex')
      const [nonce, challenge] = [asked.get('nonce') ?? '', asked.get('code_challenge') ?? '']
      codes.set(code, { nonce, challenge, claims })
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()
      return back
    },
  }
}

function refused(status: number, error: string): Response {
  return Response.json({ error }, { status })
}
