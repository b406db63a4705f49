import { type Clock, SECOND_MS } from '@zhangyi/core'
import * as oidc from 'openid-client'
import type { OidcSettings } from './oidc-settings.ts'

/** What the browser keeps, sealed, between leaving for the provider and coming back. */
export interface Journey {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface ProviderParts {
  readonly settings: OidcSettings
  readonly secret: string
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** Where the provider sends people back; registered there to the letter. */
  readonly callback: string
}

const TIMEOUT_SECONDS = 10
const SCOPE = 'openid profile email'
/** Left between the provider's clock and ours. */
const TOLERANCE_SECONDS = 30

/**
 * The hospital's own sign-in: authorization code with PKCE, state and nonce; issuer, audience, times and signature of what
 * comes back are checked by the library.
 */
export class OidcProvider {
  readonly #parts: ProviderParts
  #found: Promise<oidc.Configuration> | undefined

  constructor(parts: ProviderParts) {
    this.#parts = parts
  }

  async start(): Promise<{ readonly url: URL; readonly journey: Journey }> {
    const config = await this.#config()
    const journey = {
      ...{ state: oidc.randomState(), nonce: oidc.randomNonce() },
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const url = oidc.buildAuthorizationUrl(config, {
      ...{ redirect_uri: this.#parts.callback, scope: SCOPE, state: journey.state, nonce: journey.nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    })
    return { url, journey }
  }

  /** Whom the provider names. Throws for whatever is not in order; the error says nothing of a token. */
  async finish(query: string, { state, nonce, verifier }: Journey): Promise<string | undefined> {
    const config = await this.#config()
    const url = new URL(this.#parts.callback)
    url.search = query
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
    })
    const claims = tokens.claims()
    const { claim } = this.#parts.settings
    // An address that nobody confirmed can be anybody's.
    if (claim === 'email' && claims?.['email_verified'] !== true) return undefined
    const value = claims?.[claim]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** Asked once; a provider that was away is asked again by the next one who wants to sign in. */
  #config(): Promise<oidc.Configuration> {
    this.#found ??= this.#discover().catch((error: unknown) => {
      this.#found = undefined
      throw error
    })
    return this.#found
  }

  async #discover(): Promise<oidc.Configuration> {
    const { settings, secret, clock, fetch: send } = this.#parts
    const metadata = {
      // The library asks the system for the time; business time is the clock's.
      [oidc.clockSkew]: Math.round((clock.nowMs() - Date.now()) / SECOND_MS),
      [oidc.clockTolerance]: TOLERANCE_SECONDS,
    }
    return oidc.discovery(settings.issuer, settings.clientId, metadata, authBy(secret), {
      ...{ timeout: TIMEOUT_SECONDS, [oidc.customFetch]: send as oidc.CustomFetch },
      // Signatures too, not only the TLS of the one who answered.
      execute: [oidc.enableNonRepudiationChecks],
    })
  }
}

/** As the provider wants it: in a header, or where it says so in the form. */
function authBy(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers)
  }
}
