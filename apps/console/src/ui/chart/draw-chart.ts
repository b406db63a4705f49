import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartSeries } from './chart-series.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export interface Drawing {
  readonly categories: readonly string[]
  readonly series: readonly ChartSeries[]
}

/** Draws into the element in the colours of the page at this moment; call again when they change. */
export function drawChart(element: HTMLElement, { categories, series }: Drawing) {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const letters = { color: colour('--ink-2'), fontSize: rem * 0.75, fontFamily: style.fontFamily }
  const palette = ['--brand', '--warn', '--line-strong']
  const colours = series.map((one, index) => colour(one.colour ?? palette[index % palette.length] ?? ''))
  // One scale for all that are stacked, and one for each other series.
  const scales = series.filter(
    (one, index) => !one.isStacked || series.findIndex((other) => other.isStacked) === index,
  )
  const scaleOf = (one: ChartSeries) =>
    Math.max(
      0,
      scales.findIndex((other) => other === one || (one.isStacked && other.isStacked)),
    )
  const chart = init(element, undefined, { renderer: 'svg' })
  const axis = {
    axisLine: { lineStyle: { color: colour('--line-strong') } },
    axisTick: { show: false },
    axisLabel: letters,
    splitLine: { lineStyle: { color: colour('--line') } },
  }
  chart.setOption({
    animation: false,
    textStyle: letters,
    color: colours,
    grid: {
      left: 4,
      right: 4,
      top: rem * 2.25,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: {
      top: 0,
      left: 0,
      itemWidth: rem * 0.75,
      itemHeight: rem * 0.5,
      textStyle: letters,
      data: series.map(({ name }) => name),
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('--paper'),
      borderColor: colour('--line-strong'),
      textStyle: { ...letters, color: colour('--ink') },
    },
    xAxis: { type: 'category', data: [...categories], ...axis },
    yAxis: scales.map(({ format }, index) => ({
      type: 'value',
      ...axis,
      // Whole things are counted: no half ones on the axis.
      minInterval: 1,
      splitNumber: 4,
      splitLine: { show: index === 0, lineStyle: { color: colour('--line') } },
      axisLabel: { ...letters, formatter: format },
    })),
    series: series.map((one) => ({
      name: one.name,
      type: one.kind,
      yAxisIndex: scaleOf(one),
      ...(one.isStacked && { stack: 'all' }),
      data: [...one.values],
      barMaxWidth: rem * 1.5,
      symbolSize: rem * 0.375,
      itemStyle: { borderRadius: one.kind === 'bar' && !one.isStacked ? [3, 3, 0, 0] : 0 },
      tooltip: { valueFormatter: (value: unknown) => one.format(Number(value)) },
    })),
  })
  return chart
}
