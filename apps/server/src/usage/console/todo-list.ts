import { formatShanghai } from '@zhangyi/core'
import { type Html, html } from '../../platform/http/html.ts'
import { ACT_NAMES, sceneName } from '../scene-names.ts'
import type { PageFacts } from './read-page.ts'
import { hidden, number } from './scene-table.ts'
import type { Colour } from './state-words.ts'

interface Todo {
  readonly word: string
  readonly colour: Colour
  readonly what: Html
  readonly next: string
  readonly act?: Html
}

/** What needs a person, alarms first; each says what to do next. */
export function todoList(facts: PageFacts): Html {
  const todos = [...alarms(facts), ...delivery(facts), ...gaps(facts), ...waiting(facts)]
  if (todos.length === 0)
    return html`<p class="notice ok"><b>没有要处理的</b>报警、缺口、停下的事件和没有对应的科室都没有。</p>`
  return html`<section class="card"><h2>需要处理 <small>${todos.length} 项</small></h2><ul class="todo">${todos.map(
    ({ word, colour, what, next, act }) =>
      html`<li><span class="t ${colour}">${word}</span><div>${what}<small>${next}</small></div>${act}</li>`,
  )}</ul></section>`
}

function alarms({ alarms: open, hospital, day }: PageFacts): readonly Todo[] {
  return open.map((alarm) => ({
    ...{ word: '报警', colour: 'bad' },
    what: html`<b>${alarm.day} ${alarm.time}</b> ${[
      [alarm.missing, '缺口'] as const,
      [alarm.pending, '没有报完'] as const,
      [alarm.parked, '停下等判断'] as const,
      [alarm.unmapped, '等科室对应'] as const,
    ]
      .filter(([count]) => count > 0)
      .map(([count, name]) => `${name} ${number(count)}`)
      .join('，')}`,
    next: '当天 23 点之前报完才算按时。先处理下面各项，处理完点「已处理」。',
    act: html`<form method="post" action="/console/usage/alarms">${hidden({ hospital: hospital.id, day, alarmDay: alarm.day, time: alarm.time })}<button class="ghost small">已处理</button></form>`,
  }))
}

function delivery({ delivery: state, hospital, nowMs }: PageFacts): readonly Todo[] {
  const last = state.lastProblem === null ? '' : `最近一次：${state.lastProblem}`
  if (!hospital.usage.enabled)
    return [
      {
        ...{ word: '已关闭', colour: 'warn', what: html`这家医院的上报关着（usage.enabled），只入库。` },
        next: '要上报时在医院配置里打开，重启网关，积下的会自动报出去。',
      },
    ]
  if (state.pausedUntilMs === null) return []
  const until = formatShanghai(state.pausedUntilMs).slice(11)
  return [
    {
      ...{ word: '上报暂停', colour: 'bad' },
      what: html`平台连续没有正常答复，${nowMs < state.pausedUntilMs ? `暂停到 ${until}` : '正在试探'}。${last}`,
      next: '事件都在，不会丢。请看平台是否可用、网络和密钥是否正常；恢复之后自动补报，不用做别的。',
    },
  ]
}

function gaps({ scenes }: PageFacts): readonly Todo[] {
  return scenes
    .filter(({ gap }) => (gap ?? 0) > 0)
    .map(({ scene, gap, acts }) => ({
      ...{ word: '缺口', colour: 'bad' },
      what: html`<b>${sceneName(scene)} ${scene}</b>：HIS 成功了 ${acts.map(({ act, count }) => `${ACT_NAMES[act]} ${number(count)}`).join('、')}，少入库 ${number(gap ?? 0)} 条`,
      next: '入库和成功记录在同一个事务里，正常不会有缺口。请核对当天有没有改过 usage.scenes 或直接改过数据库，再联系开发。',
    }))
}

function waiting({ scenes, departments, parked, day }: PageFacts): readonly Todo[] {
  const unmapped = departments.filter(({ code }) => code === null)
  const held = unmapped.reduce((sum, { waiting: count }) => sum + count, 0)
  const judged = parked.filter(({ reason }) => reason !== 'department-unmapped')
  const count = judged.reduce((sum, group) => sum + group.count, 0)
  const stuck = scenes.reduce((sum, scene) => sum + scene.stuck, 0)
  const differs = scenes.filter(
    ({ difference, pending }) => pending === 0 && difference !== null && difference !== 0,
  )
  return [
    ...(count > 0
      ? [
          {
            ...{ word: '待判断', colour: 'warn' as const, what: html`${number(count)} 个事件停下等人判断` },
            next: '在「停下的事件」里按原因处理：和平台核对之后，确认计入或重新上报。',
          },
        ]
      : []),
    ...(held > 0
      ? [
          {
            word: '待对应',
            colour: 'warn' as const,
            what: html`${number(held)} 个事件在等 ${number(unmapped.filter((one) => one.waiting > 0).length)} 个科室的平台代码`,
            next: '在「科室对应」里填上代码，这些事件会自动上报。',
          },
        ]
      : []),
    ...(stuck > 0
      ? [
          {
            ...{
              word: '上报受阻',
              colour: 'warn' as const,
              what: html`${day} 有 ${number(stuck)} 个事件试过没有成功，或到时间还没有报`,
            },
            next: '会自动再试，越近 23 点试得越勤。超过半小时没有减少，请看平台和网络。',
          },
        ]
      : []),
    ...differs.map((scene) => ({
      word: '与平台不符',
      colour: 'warn' as const,
      what: html`<b>${sceneName(scene.scene)} ${scene.scene}</b>：平台 ${number(scene.platform ?? 0)}，我们已上报 ${number(scene.delivered)}`,
      next: '平台多：可能重复计入，看「可能重复」的数量。平台少：平台统计常有延迟，第二天再抄一次；仍少就请平台查。',
    })),
  ]
}
