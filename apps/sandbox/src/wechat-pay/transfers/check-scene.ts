import { PayRefusal } from '../errors.ts'
import type { PaySettings } from '../settings.ts'
import { PERCEPTIONS } from './scenes.ts'

export interface SceneUse {
  readonly sceneId: string
  readonly perception: string | undefined
  readonly infoTypes: readonly string[]
}

/** The scene must be approved, its report texts complete and exact, the perception one of its list. */
export function checkScene({ scenes }: PaySettings, { sceneId, perception, infoTypes }: SceneUse): void {
  const wanted = Object.hasOwn(scenes, sceneId) ? scenes[sceneId] : undefined
  if (!wanted) throw new PayRefusal('INVALID_REQUEST', '转账场景未开通或不存在，请检查转账场景ID')
  const given = [...infoTypes].sort()
  if (given.join('\n') !== [...wanted].sort().join('\n'))
    throw new PayRefusal('PARAM_ERROR', `转账场景报备信息不正确，该场景须且仅须报备：${wanted.join('、')}`, {
      field: '/body/transfer_scene_report_infos',
      issue: '报备信息类型不正确或不完整',
      location: 'body',
    })
  const perceptions = PERCEPTIONS[sceneId]
  if (perception !== undefined && perceptions && !perceptions.includes(perception))
    throw new PayRefusal('INVALID_REQUEST', `用户收款感知不在该场景的可选范围内：${perceptions.join('、')}`)
}
