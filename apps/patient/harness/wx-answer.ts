type Callbacks = {
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}

/** Calls back as WeChat does: by the text of `errMsg`, and `complete` in any case. */
export function answer(
  options: Callbacks | undefined,
  result: { errMsg: string } & Record<string, unknown>,
): void {
  if (/:fail/.test(result.errMsg)) options?.fail?.(result)
  else options?.success?.(result)
  options?.complete?.(result)
}
