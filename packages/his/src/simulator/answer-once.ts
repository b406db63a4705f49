import { no, type Outcome } from '@zhangyi/core'

/** Operation and request key → the input that it came with and the answer that it got. */
export type RequestBook = Record<string, { readonly input: string; readonly answer: Outcome<unknown> }>

/** Same key and same input: the same answer, nothing done twice. Same key and other input: refused. */
export function answerOnce<T>(
  book: RequestBook,
  operation: string,
  requestKey: string,
  input: object,
  carryOut: () => Outcome<T>,
): Outcome<T> {
  // The operation in front keeps two operations apart, and a key like `constructor` from meaning something else.
  const entry = `${operation} ${requestKey}`
  const text = canonical(input)
  const before = book[entry]
  if (before && before.input !== text) return no('key-reused', 'the request key came with another input')
  // What stands under an operation's name was written by that operation, and so has its type.
  if (before) return before.answer as Outcome<T>
  const answer = carryOut()
  book[entry] = { input: text, answer }
  return answer
}

/** The same text for the same content, in whatever order the fields were written. */
function canonical(input: object): string {
  return JSON.stringify(input, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )
}
