import type { HisOperation } from '../../operations.ts'

/** What the HIS answered, in the port's terms. */
export type Verdict =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** The HIS says that it did not do it. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  /** A reply that says neither yes nor no: busy, in maintenance, a code or a text that no rule knows. */
  | { readonly kind: 'unclear'; readonly cause: string }

/** The HIS's own words of one reply, for the call log; they may hold names and numbers. */
export interface HisWords {
  readonly code: string | undefined
  readonly message: string | undefined
}

export interface Judged {
  readonly verdict: Verdict
  readonly words: HisWords
}

/** How one operation is asked over one protocol; `Q` is a question that the protocol's transport can send. */
export interface Plan<Q> {
  /** One question, or several whose lists are put together. */
  ask(input: Readonly<Record<string, unknown>>, requestKey: string | undefined): readonly Q[]
  /** Throws `Malformed` or `ExchangeFailure` for what is no reply. */
  judge(reply: unknown, input: Readonly<Record<string, unknown>>): Judged
  /** Field by which rows of several questions are told apart. */
  readonly distinctBy?: string | undefined
}

/** Sends one question and answers the tree of the reply. Throws `ExchangeFailure`. */
export type Exchange<Q> = (question: Q, operation: HisOperation) => Promise<unknown>
