// Plain types; `tests/contract/card-code-api.test-d.ts` ties them to the gateway's schema.
export type CodeType = 'dynamic' | 'static'
/** Why the code is not the one of the electronic health card. */
export type FallbackReason = 'not-verified' | 'no-card' | 'platform-unavailable'

type Common = {
  readonly patient: { readonly id: string; readonly name: string; readonly relation: string }
  readonly refreshSeconds: number
}
export type CardCodeView =
  | (Common & {
      readonly kind: 'health-card'
      readonly codeType: CodeType
      readonly image: string
      readonly number: string
      readonly pluginPage: string | null
    })
  | (Common & {
      readonly kind: 'visit-card'
      readonly why: FallbackReason
      readonly symbol: 'qr' | 'code128'
      readonly image: string
      readonly number: string
    })
  | (Common & { readonly kind: 'counter'; readonly why: FallbackReason })
