import type { FaceAdvice } from './face-types.ts'

// The gateway's refunds as this app shows them; `tests/contract/refund-api.test-d.ts` ties these to its schemas.

/** `original`: back to where it was paid from. `face`: by transfer, after a face check. */
export type RefundWay = 'original' | 'face'

export type WayView = {
  readonly way: RefundWay
  readonly name: string
  readonly introduction: string
  readonly notes: readonly string[]
  /** Null: open. Otherwise what to do instead. */
  readonly closed: string | null
}

export type Entries = {
  readonly ways: readonly WayView[]
  /** Whether less than the whole balance may go by the face way. */
  readonly partial: boolean
  readonly phone: string
  readonly mergePhone: string
  readonly counter: string
  readonly subscribeTemplateIds: readonly string[]
  /** Official account: opens the mini program, where the face check is. Null: said in words. */
  readonly miniProgramUrl: string | null
}

/** What a recharge order still has to give back. */
export type OriginalOrder = {
  readonly id: string
  readonly paidAtMs: number
  readonly paidFen: number
  readonly refundedFen: number
  readonly refundableFen: number
  readonly untilMs: number
}

export type OriginalOrders = {
  readonly balance: { readonly totalFen: number; readonly refundableFen: number }
  readonly reason: string | null
  readonly orders: readonly OriginalOrder[]
  readonly otherCount: number
}

export type StartedCheck = {
  readonly id: string
  readonly verifyId: string
  /** Development only: a page in place of WeChat's dialogue. */
  readonly bridgePage: string | null
}

export type ArchiveChoice = {
  readonly key: string
  readonly name: string
  readonly cardNumber: string
  readonly campus: string | null
  readonly totalFen: number
  readonly refundableFen: number
  readonly reason: string | null
}

/** `one`: may apply. `merge`: several. `none`: nobody found. `nothing`: nothing to refund. */
export type ArchivesChoice = 'one' | 'merge' | 'none' | 'nothing'

export type Archives = {
  readonly archives: readonly ArchiveChoice[]
  readonly choice: ArchivesChoice
  readonly message: string
  /** A refund of this archive that is under way already. */
  readonly openCaseId: string | null
}

export type FaceResult = {
  readonly state: 'passed' | 'failed' | 'pending'
  readonly advice: FaceAdvice | null
  readonly archives: Archives | null
}

/** How a leg stands; what each means stands beside the gateway's schema. */
export type LegPhase =
  | 'processing'
  | 'not-enough'
  | 'to-receive'
  | 'withdrawing'
  | 'expired'
  | 'stopped'
  | 'paid'
  | 'paid-at-window'
  | 'returned'
  | 'refused'

/** As an app shows it: one that only a newer gateway knows is `unknown`, and has that gateway's words. */
export type ShownPhase = LegPhase | 'unknown'

export type Leg<Phase extends ShownPhase = ShownPhase> = {
  readonly id: string
  readonly route: 'original' | 'transfer'
  readonly amountFen: number
  readonly phase: Phase
  readonly title: string
  readonly message: string
  readonly account: string | null
  readonly receiveByMs: number | null
  readonly paidAtMs: number | null
  readonly can: { readonly receive: boolean; readonly retry: boolean; readonly withdraw: boolean }
}

export type RefundCase<Phase extends ShownPhase = ShownPhase> = {
  readonly id: string
  readonly way: RefundWay
  readonly wayName: string
  readonly createdAtMs: number
  readonly patientName: string
  readonly cardNumber: string
  readonly amountFen: number
  readonly paidFen: number
  readonly legs: readonly Leg<Phase>[]
  readonly open: boolean
  readonly phone: string
}

export type RefundCases<Phase extends ShownPhase = ShownPhase> = {
  readonly cases: readonly RefundCase<Phase>[]
  readonly more: boolean
}

/** What WeChat's page of receiving is given. The package goes on untouched. */
export type Receiving = {
  readonly mchId: string
  readonly appId: string
  readonly package: string
  readonly bridgePage: string | null
}
