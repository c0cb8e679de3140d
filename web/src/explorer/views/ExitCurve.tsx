import type { Plan } from './Exit.tsx'

const width = 640
const height = 240
const left = 44
const bottom = 34

/** Coverage against what it takes: days where somebody estimated, else verdict steps. The last fifth is shaded. */
export function ExitCurve({ plan }: { plan: Plan }) {
  const inDays = plan.lastFifth.measuredBy === 'EFFORT_DAYS'
  const spent = (s: Plan['steps'][number]) => (inDays ? (s.effortDays?.max ?? 0) : s.verdictSteps)
  const total = plan.steps[0]?.total ?? 1
  const whole = Math.max(1, ...plan.steps.map(spent))
  const x = (n: number) => left + (n / whole) * (width - left - 10)
  const y = (n: number) => height - bottom - (n / total) * (height - bottom - 10)
  const start = plan.covered.length
  const points = [
    `${x(0).toString()},${y(start).toString()}`,
    ...plan.steps.map((s) => `${x(spent(s)).toString()},${y(s.reached).toString()}`),
  ]
  const before = plan.steps[plan.steps.length - plan.lastFifth.practices.length - 1]
  const shaded = before ? x(spent(before)) : x(0)
  const unit = inDays ? 'days' : 'verdict steps'
  return (
    <figure className="curve">
      <svg viewBox={`0 0 ${width.toString()} ${height.toString()}`} role="img" aria-labelledby="curve-text">
        <rect className="tail" x={shaded} y={10} width={Math.max(0, x(whole) - shaded)} height={height - bottom - 10} />
        <path
          className="axis"
          d={`M${left.toString()} 10V${(height - bottom).toString()}H${(width - 10).toString()}`}
        />
        <polyline className="line" points={points.join(' ')} />
        {plan.steps.map((s) => (
          <circle key={s.answer.practice.key} className="dot" cx={x(spent(s))} cy={y(s.reached)} r="3" />
        ))}
        <text x={left - 6} y={16} textAnchor="end">
          {total}
        </text>
        <text x={left - 6} y={height - bottom} textAnchor="end">
          0
        </text>
        <text x={width - 10} y={height - 12} textAnchor="end">
          {whole} {unit}
        </text>
        <text x={left} y={height - 12}>
          0
        </text>
      </svg>
      <figcaption id="curve-text">
        Practices covered against {unit}. The shaded part is the last fifth of the moves
        {plan.lastFifth.percent == null ? '' : `: ${plan.lastFifth.percent.toString()} % of the whole`}.
      </figcaption>
    </figure>
  )
}
