import type { Settings } from '../../../settings/settings.ts'

export interface OidcSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly secretFile: string
  /** On the button of the sign-in page. */
  readonly name: string
  readonly claim: string
  /** The provider asks for a second factor itself, so that ours is left out. */
  readonly hasSecondFactor: boolean
}

type Given = Pick<
  Settings,
  'oidcIssuer' | 'oidcClientId' | 'oidcClientSecretFile' | 'oidcName' | 'oidcClaim' | 'oidcSecondFactor'
>

/** Undefined: nobody signs in through a provider. Throws for half of it: a start must not leave the way half open. */
export function oidcSettings(given: Given): OidcSettings | undefined {
  const { oidcIssuer, oidcClientId, oidcClientSecretFile, oidcName, oidcClaim, oidcSecondFactor } = given
  if (oidcIssuer === undefined) return undefined
  if (oidcClientId === undefined || oidcClientSecretFile === undefined)
    throw new Error(
      '设置了 ZHANGYI_OIDC_ISSUER，还要设置 ZHANGYI_OIDC_CLIENT_ID 和 ZHANGYI_OIDC_CLIENT_SECRET_FILE',
    )
  return {
    ...{ issuer: new URL(oidcIssuer), clientId: oidcClientId, secretFile: oidcClientSecretFile },
    ...{ name: oidcName, claim: oidcClaim, hasSecondFactor: oidcSecondFactor },
  }
}
