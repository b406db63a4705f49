import { shallowRef } from 'vue'

export interface Question {
  readonly title: string
  /** What will happen, and to whom. */
  readonly text: string
  /** The word on the button: what it does, never 确定. */
  readonly action: string
  readonly isDangerous?: boolean
  /** A reason goes into the audit; without this nobody is asked for one. */
  readonly needsReason?: boolean
  /** What the field is called where it is more than a reason for the audit, as words to an applicant; and an example. */
  readonly reasonName?: string
  readonly reasonHint?: string
  /** Does it. What it throws is shown in the dialog, which stays open. */
  readonly run: (reason: string) => Promise<unknown>
}

export const question = shallowRef<Question>()

/** Asks before something is done, and does it. One dialog for the whole console stands in the frame. */
export function ask(asked: Question): void {
  question.value = asked
}
