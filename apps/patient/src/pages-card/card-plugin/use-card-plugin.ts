import { ref, shallowRef } from 'vue'
import type { MeView } from '../../api/types.ts'
import {
  type CodeErrand,
  errandNow,
  errandPage,
  goesOnWithoutCode,
  rememberWechatCode,
} from '../../flow/wechat-code.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import {
  type CardPlugin,
  loginByPlugin,
  type PluginLogin,
  readPluginLogin,
} from '../../platform/health-card-plugin.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe } from '../../session/me.ts'
import { bridgeCode } from './bridge-code.ts'
import { requireCardPlugin } from './require-card-plugin.ts'

export type CardPluginParts = {
  readonly plugin: () => CardPlugin | undefined
  readonly ensureMe: () => Promise<ApiResult<MeView>>
  readonly bridge: (me: MeView) => Promise<string | undefined>
  readonly goBack: (errand: CodeErrand | undefined) => Promise<boolean>
}
const live: CardPluginParts = {
  plugin: requireCardPlugin,
  ensureMe,
  bridge: bridgeCode,
  goBack(errand) {
    const { route, query } = errand ? errandPage(errand) : { route: routes.enrolmentStart, query: {} }
    return redirectPage(route, query)
  },
}

/** Obtains a wechatCode from the platform's plugin and goes back to the page that needs it. */
export function useCardPlugin(parts: CardPluginParts = live) {
  const problem = shallowRef<ApiError>()
  /** The platform's component has to ask the person. */
  const asksPerson = ref(false)

  async function run(): Promise<void> {
    problem.value = undefined
    asksPerson.value = false
    const plugin = parts.plugin()
    await take(plugin ? await loginByPlugin(plugin) : await standIn())
  }

  async function standIn(): Promise<PluginLogin> {
    const me = await parts.ensureMe()
    const code = me.ok ? await parts.bridge(me.data) : undefined
    return code === undefined ? { kind: 'failed' } : { kind: 'code', wechatCode: code }
  }

  async function take(login: PluginLogin): Promise<void> {
    switch (login.kind) {
      case 'code':
        rememberWechatCode(login.wechatCode)
        await goBack()
        return
      case 'to-login':
        asksPerson.value = true
        return
      case 'failed':
        await endWithoutCode()
    }
  }

  async function goBack(): Promise<void> {
    if (!(await parts.goBack(errandNow()))) problem.value = localError('CANNOT_OPEN')
  }

  async function endWithoutCode(): Promise<void> {
    asksPerson.value = false
    if (goesOnWithoutCode(errandNow())) await goBack()
    else problem.value = localError('NO_WECHAT_CODE')
  }

  /** The component's events; `detail` has the shape of `login`'s answer, or is that answer's result. */
  function authorised(event: unknown): Promise<void> {
    const detail = detailOf(event)
    const login = readPluginLogin(true, detail)
    return take(login.kind === 'failed' ? readPluginLogin(true, { result: detail }) : login)
  }

  return { problem, asksPerson, run, authorised, refused: endWithoutCode }
}

function detailOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'detail' in event ? event.detail : undefined
}
