/**
 * What goes from where to where: two columns of values and a band for each pair, as wide as it is large.
 * The columns are sides, so that the same value may stand in both and traffic may go both ways.
 */
import { useElementSize } from '@mantine/hooks'
import { useMemo, useState, type ReactNode } from 'react'
import { format, type Unit } from '../../shared/schema/units.ts'
import { bandsOf, layOut, type FlowLink, type FlowNode } from './flow-layout.ts'
import styles from './flow-diagram.module.css'
import { cssColor } from './palette.ts'

interface FlowDiagramProps {
  readonly label: string
  readonly links: readonly FlowLink[]
  readonly unit: Unit
  readonly height: number
  /** How a node's name is shown; Other has no way on. */
  readonly name: (node: FlowNode, side: 'from' | 'to') => ReactNode
  /** Colour of a node at the left, by its key. */
  readonly color: (key: string) => number | undefined
  readonly labels: { readonly from: string; readonly to: string; readonly value: string }
}

const NODE_PX = 8
const LABEL_PX = 178

export function FlowDiagram({ label, links, unit, height, name, color, labels }: FlowDiagramProps) {
  const { ref, width } = useElementSize()
  const [lit, setLit] = useState<string | null>(null)
  const layout = useMemo(() => layOut(links, height), [links, height])
  const labelWidth = Math.min(LABEL_PX, Math.max(90, width * 0.38))
  const left = labelWidth
  const right = Math.max(left + 40, width - labelWidth)
  return (
    <figure ref={ref} className={styles['diagram']} style={{ height }} aria-label={label}>
      {width > 0 ? (
        <svg width={width} height={height} aria-hidden="true" focusable="false">
          {bandsOf(layout, left + NODE_PX, right - NODE_PX).map((band) => (
            <path
              key={`${band.from} ${band.to}`}
              d={band.path}
              fill={cssColor(color(band.from))}
              className={`${styles['band']} ${lit !== null ? (lit === `from ${band.from}` || lit === `to ${band.to}` ? styles['lit'] : styles['faded']) : ''}`}
            >
              <title>{`${band.fromLabel} → ${band.toLabel}: ${format(band.value, unit)}`}</title>
            </path>
          ))}
          {layout.from.map((node) => (
            <rect
              key={node.key}
              x={left}
              y={node.y}
              width={NODE_PX}
              height={Math.max(1, node.height)}
              fill={cssColor(color(node.key))}
            />
          ))}
          {layout.to.map((node) => (
            <rect
              key={node.key}
              x={right - NODE_PX}
              y={node.y}
              width={NODE_PX}
              height={Math.max(1, node.height)}
              className={styles['sink']}
            />
          ))}
        </svg>
      ) : null}
      {(['from', 'to'] as const).map((side) => (
        <ul
          key={side}
          className={`${styles['names']} ${styles[side]}`}
          style={{ width: labelWidth }}
          aria-label={labels[side]}
        >
          {layout[side].map((node) => (
            <li
              key={node.key}
              style={{ top: node.y + node.height / 2 }}
              onPointerEnter={() => setLit(`${side} ${node.key}`)}
              onPointerLeave={() => setLit(null)}
            >
              <span className={styles['name']} title={node.label}>
                {name(node, side)}
              </span>{' '}
              <span className={styles['value']}>{format(node.value, unit)}</span>
            </li>
          ))}
        </ul>
      ))}
      <table className="visually-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{labels.from}</th>
            <th scope="col">{labels.to}</th>
            <th scope="col">{labels.value}</th>
          </tr>
        </thead>
        <tbody>
          {layout.links.map((link) => (
            <tr key={`${link.from.key} ${link.to.key}`}>
              <td>{link.from.label}</td>
              <td>{link.to.label}</td>
              <td>{format(link.value, unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
