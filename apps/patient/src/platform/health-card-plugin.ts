import { isRecord } from './api-error.ts'

/** What the card platform's plugin gives; only what this app uses. */
export type CardPlugin = {
  login: (
    callback: (isOk: boolean, answer: unknown) => void,
    options: Readonly<Record<string, unknown>>,
  ) => void
}

export type PluginLogin =
  | { readonly kind: 'code'; readonly wechatCode: string }
  /** The person has not yet allowed the platform: its own component has to ask. */
  | { readonly kind: 'to-login' }
  | { readonly kind: 'failed' }

const LOGIN_TIMEOUT_MS = 10_000
// In one observed client the plugin says "not authorised" by this type, in the other by `toLogin`.
const NOT_AUTHORISED = 3

/** The same shape comes from `login` and from the component's events. */
export function readPluginLogin(isOk: boolean, answer: unknown): PluginLogin {
  const result = isRecord(answer) ? answer['result'] : undefined
  if (!isRecord(result)) return { kind: 'failed' }
  const code = result['wechatCode'] ?? result['wechatcode']
  if (isOk && typeof code === 'string' && code !== '') return { kind: 'code', wechatCode: code }
  return result['toLogin'] || result['type'] === NOT_AUTHORISED ? { kind: 'to-login' } : { kind: 'failed' }
}

export function isCardPlugin(plugin: unknown): plugin is CardPlugin {
  return isRecord(plugin) && typeof plugin['login'] === 'function'
}

/** Asks the plugin for a fresh wechatCode. Its callback is known to stay away on some phones. */
export function loginByPlugin(plugin: CardPlugin): Promise<PluginLogin> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'failed' }), LOGIN_TIMEOUT_MS)
    plugin.login(
      (isOk, answer) => {
        clearTimeout(timer)
        resolve(readPluginLogin(isOk, answer))
      },
      // Both spellings are in use; the plugin ignores the one that it does not know.
      { wechatCode: true, wechatcode: true },
    )
  })
}
