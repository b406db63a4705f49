export interface SeenRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type FakeAnswer = Uint8Array | string | { readonly status: number; readonly body?: string }

/** A HIS in this process: an injected `fetch` that keeps what it was asked. */
export class FakeHis {
  readonly seen: SeenRequest[] = []
  #answer: (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer>

  constructor(answer: (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer> = () => '') {
    this.#answer = answer
  }

  answer(answer: (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer>): void {
    this.#answer = answer
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request: SeenRequest = {
      url: String(input),
      method: init?.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
      body: Buffer.from((init?.body as Uint8Array | undefined) ?? new Uint8Array()),
    }
    this.seen.push(request)
    const answer = await this.#answer(request)
    if (typeof answer === 'string') return new Response(answer)
    if (answer instanceof Uint8Array) return new Response(Buffer.from(answer))
    return new Response(answer.body ?? '', { status: answer.status })
  }

  get last(): SeenRequest {
    const last = this.seen.at(-1)
    if (last === undefined) throw new Error('the fake HIS was not asked')
    return last
  }
}
