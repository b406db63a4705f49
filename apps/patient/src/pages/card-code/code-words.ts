import type { CardCodeView } from '../../api/card-code-types.ts'
import { cardCodeTexts as texts } from '../../texts/card-code.ts'

/** How the person came to see something else than the health card's code. */
export type Story = {
  /** They come from a verification that did not succeed. */
  readonly failed: boolean
  /** The health card's code stood here a moment ago: the grant has run out. */
  readonly hadHealthCard: boolean
}

export type NextStep = 'verify' | 'claim' | 'retry'

/** What to do next where the health card's code is not shown: the one button of the page. */
export function nextStep(view: CardCodeView): NextStep | undefined {
  if (view.kind === 'health-card') return undefined
  switch (view.why) {
    case 'not-verified':
      return 'verify'
    case 'no-card':
      return 'claim'
    case 'platform-unavailable':
      return 'retry'
  }
}

/** Why it is not the health card's code, and that nothing is lost by it. */
export function whyText(view: CardCodeView, story: Story): string {
  if (view.kind === 'health-card') return ''
  const counter = view.kind === 'counter'
  switch (view.why) {
    case 'not-verified':
      if (counter) return texts.counterNotVerified
      if (story.hadHealthCard) return texts.verifyLapsed
      return story.failed ? texts.verifyFailed : texts.notVerified
    case 'no-card':
      return counter ? texts.counterNoCard : texts.noCard
    case 'platform-unavailable':
      return counter ? texts.counterUnavailable : texts.platformUnavailable
  }
}

/** What the code is, above it. */
export function whatText(view: CardCodeView): string {
  return view.kind === 'health-card' ? texts.what[view.codeType] : texts.what.visitCard
}

/** While the network is lost: only the dynamic code grows old. */
export function staleText(view: CardCodeView): string {
  if (view.kind === 'counter') return ''
  return view.kind === 'health-card' && view.codeType === 'dynamic' ? texts.stale : texts.staleButGood
}
