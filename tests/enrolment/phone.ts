import { randomBytes } from 'node:crypto'
import type { FlowView } from '../../apps/server/src/enrolment/index.ts'

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/** What a phone needs of a running installation. */
export interface PhoneStack {
  readonly server: { readonly origin: string }
  action<T>(platform: string, action: string, input: object): Promise<T>
}

/**
 * A person with a phone and no eyes: signs in by OAuth, calls our API as the H5 does, and walks the platform's real
 * pages over HTTP by the words on their links and buttons. For the rules behind the pages; the pages themselves are
 * walked by a browser in `tests/browser`.
 */
export class Phone {
  readonly person: string
  readonly #stack: PhoneStack
  readonly #cookies = new Map<string, string>()

  constructor(stack: PhoneStack, person = `p${randomBytes(6).toString('hex')}`) {
    this.#stack = stack
    this.person = person
    this.#cookies.set('sandbox_wechat_person', person)
  }

  async signIn(): Promise<this> {
    const landed = await this.follow(
      `${this.#stack.server.origin}/api/v1/sessions/official-account?return=/h5/`,
    )
    if (landed.pathname !== '/h5/') throw new Error(`login ended at ${landed.pathname}`)
    await this.api('POST', '/consent', { version: '2026-11' })
    return this
  }

  async api<T = FlowView>(method: string, path: string, body?: object): Promise<Answer<T>> {
    const response = await this.raw(method, path, body)
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
  }

  /** The answer as it came: for what is no JSON. */
  raw(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.#stack.server.origin}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#stack.server.origin,
        cookie: this.#cookieHeader(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  /** Starts a flow with a fresh wechatCode. */
  async start(input: object = { intent: 'register' }): Promise<FlowView> {
    const { wechatCode } = await this.#stack.action<{ wechatCode: string }>('health-card', 'wechat-code', {
      person: this.person,
    })
    return (await this.api('POST', '/enrolments', { wechatCode, ...input })).body
  }

  /** Walks from a platform page to where it sends us, pressing what carries these words, one after the other. */
  async walk(url: string, ...presses: readonly string[]): Promise<URL> {
    let at = await this.#open(url)
    for (const words of presses) at = await this.#press(at, words)
    return at.url
  }

  /** The same from inside a mini program's web-view: ends at the page to which the platform switches. */
  async walkToMiniPage(url: string, ...presses: readonly string[]): Promise<URL> {
    let at = await this.#open(url)
    for (const words of presses) at = await this.#press(at, words)
    const path = /data-mini-path="([^"]+)"/.exec(at.text)?.[1]
    if (path === undefined) throw new Error(`no way back to the mini program on ${at.url.pathname}`)
    return new URL(unescapeHtml(path), 'mini://program')
  }

  /** Follows redirects until a page that is no redirect. */
  async follow(url: string): Promise<URL> {
    return (await this.#open(url)).url
  }

  async #open(url: string, form?: URLSearchParams): Promise<Page> {
    let next = new URL(url)
    let body = form
    for (let hops = 0; hops < 10; hops++) {
      // Our own pages are the end of every walk: what stands in their address is what our app would read.
      if (next.origin === this.#stack.server.origin && next.pathname.startsWith('/h5/'))
        return { url: next, text: '' }
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: this.#cookieHeader() },
        ...(body && { method: 'POST', body }),
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=')
        this.#cookies.set(name, value.join('='))
      }
      const target = response.headers.get('location')
      if (target === null) return { url: next, text: await response.text() }
      next = new URL(target, next)
      body = undefined
    }
    throw new Error('too many redirects')
  }

  async #press({ url, text }: Page, words: string): Promise<Page> {
    for (const [, href, label] of text.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g))
      if (label?.includes(words)) return this.#open(new URL(unescapeHtml(href ?? ''), url).href)
    for (const [, action, inside] of text.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g))
      for (const [, attributes, label] of (inside ?? '').matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g))
        if (label?.includes(words))
          return this.#open(
            new URL(unescapeHtml(action ?? ''), url).href,
            fields(inside ?? '', attributes ?? ''),
          )
    throw new Error(
      `nothing with 「${words}」 on ${url.pathname}: ${text.replace(/<[^>]+>/g, ' ').slice(0, 300)}`,
    )
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

interface Page {
  readonly url: URL
  readonly text: string
}

function fields(form: string, button: string): URLSearchParams {
  const values = new URLSearchParams()
  for (const [input] of form.matchAll(/<input[^>]*>/g)) add(values, input)
  add(values, button)
  return values
}

function add(values: URLSearchParams, tag: string): void {
  const name = /name="([^"]*)"/.exec(tag)?.[1]
  if (name !== undefined) values.append(name, unescapeHtml(/value="([^"]*)"/.exec(tag)?.[1] ?? ''))
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
}
