import { formatShanghai } from '@zhangyi/core'
import type { Tone } from '../../ui/state-words.ts'
import { countText } from './count-text.ts'
import type { Alarm, Alarms, ParkedGroup, Scene, UsageDay, UsageNow } from './usage-api.ts'

/** Something that needs a person, and what to do about it. */
export interface UsageTodo {
  readonly key: string
  readonly tone: Tone
  readonly word: string
  readonly text: string
  readonly next: string
  /** The page where it is seen to. */
  readonly page?: 'usage-parked' | 'usage-departments'
  readonly alarm?: Alarm
}

export interface UsageFacts {
  readonly alarms: Alarms
  readonly now: UsageNow
  readonly day: UsageDay
  /** Of all days. */
  readonly parked: readonly ParkedGroup[]
}

/** Alarms first, then what stops everything, then what is missing, then what waits. */
export function usageTodo({ alarms, now, day, parked }: UsageFacts): readonly UsageTodo[] {
  return [
    ...alarms.alarms.map(alarmTodo),
    ...deliveryTodo(alarms.delivery, now),
    ...day.scenes.filter(({ gap }) => (gap ?? 0) > 0).map(gapTodo),
    ...parkedTodo(parked),
    ...stuckTodo(day),
    ...day.scenes.filter(isDifferent).map(differenceTodo),
  ]
}

function alarmTodo(alarm: Alarm): UsageTodo {
  const parts = [
    [alarm.missing, '缺口'],
    [alarm.pending, '没有报完'],
    [alarm.parked, '停下等判断'],
    [alarm.unmapped, '等科室对应'],
  ] as const
  const text = parts.flatMap(([count, name]) => (count > 0 ? [`${name} ${countText(count)}`] : []))
  return {
    ...{ key: `alarm ${alarm.day} ${alarm.time}`, tone: 'bad', word: '报警', alarm },
    text: `${alarm.day} ${alarm.time}：${text.join('，')}`,
    next: '当天 23 点之前报完才算按时。先处理下面各项，处理完点“已处理”。',
  }
}

function deliveryTodo(
  { pausedUntilMs, lastProblem }: Alarms['delivery'],
  { enabled, nowMs }: UsageNow,
): readonly UsageTodo[] {
  if (!enabled)
    return [
      {
        ...{
          key: 'off',
          tone: 'warn',
          word: '已关闭',
          text: '这家医院的上报关着（usage.enabled），只入库。',
        },
        next: '要上报时请管理员在医院配置里打开，重启网关，积下的会自动报出去。',
      },
    ]
  if (pausedUntilMs === null) return []
  const until = nowMs < pausedUntilMs ? `暂停到 ${formatShanghai(pausedUntilMs).slice(11)}` : '正在试探'
  return [
    {
      ...{ key: 'paused', tone: 'bad', word: '上报暂停' },
      text: `平台连续没有正常答复，${until}。${lastProblem === null ? '' : `最近一次：${lastProblem}`}`,
      next: '事件都在，不会丢。请看平台是否可用、网络和密钥是否正常；恢复之后自动补报，不用做别的。',
    },
  ]
}

function gapTodo({ scene, name, gap, acts }: Scene): UsageTodo {
  const told = acts.map((one) => `${one.name} ${countText(one.count)}`).join('、')
  return {
    ...{ key: `gap ${scene}`, tone: 'bad', word: '缺口' },
    text: `${name} ${scene}：HIS 成功了 ${told}，少入库 ${countText(gap ?? 0)} 条`,
    next: '入库和成功记录在同一个事务里，正常不会有缺口。请核对当天有没有改过 usage.scenes 或直接改过数据库，再联系开发。',
  }
}

function parkedTodo(parked: readonly ParkedGroup[]): readonly UsageTodo[] {
  const countOf = (isUnmapped: boolean) =>
    parked
      .filter(({ reason }) => (reason === 'department-unmapped') === isUnmapped)
      .reduce((sum, { count }) => sum + count, 0)
  const [judged, unmapped] = [countOf(false), countOf(true)]
  return [
    ...(judged > 0
      ? [
          {
            ...({ key: 'parked', tone: 'warn', word: '待判断', page: 'usage-parked' } as const),
            text: `${countText(judged)} 个事件停下等人判断`,
            next: '按原因处理：和平台核对之后，确认计入或重新上报。',
          },
        ]
      : []),
    ...(unmapped > 0
      ? [
          {
            ...({ key: 'unmapped', tone: 'warn', word: '待对应', page: 'usage-departments' } as const),
            text: `${countText(unmapped)} 个事件在等科室的平台代码`,
            next: '填上代码，这些事件会自动上报。',
          },
        ]
      : []),
  ]
}

function stuckTodo({ day, scenes }: UsageDay): readonly UsageTodo[] {
  const stuck = scenes.reduce((sum, one) => sum + one.stuck, 0)
  if (stuck === 0) return []
  return [
    {
      ...{ key: 'stuck', tone: 'warn', word: '上报受阻' },
      text: `${day} 有 ${countText(stuck)} 个事件试过没有成功，或到时间还没有报`,
      next: '会自动再试，越近 23 点试得越勤。超过半小时没有减少，请看平台和网络。',
    },
  ]
}

function isDifferent({ difference, pending }: Scene): boolean {
  return pending === 0 && difference !== null && difference !== 0
}

function differenceTodo({ scene, name, platform, delivered }: Scene): UsageTodo {
  return {
    ...{ key: `differs ${scene}`, tone: 'warn', word: '与平台不符' },
    text: `${name} ${scene}：平台 ${countText(platform ?? 0)}，我们已上报 ${countText(delivered)}`,
    next: '平台多：可能重复计入，看“可能重复”的数量。平台少：平台统计常有延迟，第二天再抄一次；仍少就请平台查。',
  }
}
