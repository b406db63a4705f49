interface SystemError {
  readonly code?: string
  readonly syscall?: string
  readonly errors?: readonly SystemError[]
}

/**
 * True only if the connection was never made, so that the other side surely knows nothing of the call. Judged by the
 * system call, not by the code alone: an established connection, too, can end with EHOSTUNREACH, after the work was
 * done. `error` is what `fetch` rejected with.
 */
export function wasNeverSent(error: unknown): boolean {
  const cause = systemErrorOf(error)
  // Several addresses of one host were tried: each must have failed.
  const failures = cause.errors?.length ? cause.errors : [cause]
  return failures.every(
    ({ syscall, code }) =>
      syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT',
  )
}

/** The system's code, for a log. Its words are left out: they may hold the address, and with it a token. */
export function causeOf(error: unknown): string {
  const { code } = systemErrorOf(error)
  return typeof code === 'string' && /^[A-Z_0-9]{1,40}$/.test(code) ? code : 'connection-lost'
}

function systemErrorOf(error: unknown): SystemError {
  const cause = (error as { cause?: unknown } | undefined)?.cause
  return typeof cause === 'object' && cause !== null ? cause : {}
}
