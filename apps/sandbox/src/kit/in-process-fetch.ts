import type { FastifyInstance } from 'fastify'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * A `fetch` that answers from servers of this process by their origin: the same routes, signatures and faults as over
 * the wire, without a socket. An origin that is not among them fails as an address at which nobody listens.
 */
export function inProcessFetch(servers: () => Readonly<Record<string, FastifyInstance>>): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const app = servers()[url.origin]
    if (!app)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })
    init.signal?.throwIfAborted()
    const headers = Object.fromEntries(new Headers(init.headers))
    const payload = await bytesOf(init.body)
    let answer: Awaited<ReturnType<FastifyInstance['inject']>>
    try {
      answer = await app.inject({
        method: (init.method ?? 'GET') as Method,
        url: `${url.pathname}${url.search}`,
        // What a socket's host would be: pages and signatures read it.
        headers: { host: url.host, ...headers },
        ...(payload && { payload }),
      })
    } catch (cause) {
      // The server cut the connection.
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('', { cause }), { code: 'ECONNRESET' }),
      })
    }
    const empty = answer.statusCode === 204 || answer.statusCode === 304
    return new Response(empty ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      ),
    })
  }
}

async function bytesOf(body: RequestInit['body']): Promise<Buffer | undefined> {
  if (body === null || body === undefined) return undefined
  return Buffer.from(await new Response(body).arrayBuffer())
}
