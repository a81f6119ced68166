/** Where nodes and bands of a two-column flow diagram stand. */

export interface FlowNode {
  readonly key: string
  readonly label: string
}

export interface FlowLink {
  readonly from: FlowNode
  readonly to: FlowNode
  readonly value: number
}

interface PlacedNode extends FlowNode {
  readonly value: number
  readonly y: number
  readonly height: number
}

export interface FlowLayout {
  readonly from: readonly PlacedNode[]
  readonly to: readonly PlacedNode[]
  /** Largest first. */
  readonly links: readonly FlowLink[]
  /** Pixels for a unit of value. */
  readonly scale: number
}

interface Band {
  readonly from: string
  readonly to: string
  readonly fromLabel: string
  readonly toLabel: string
  readonly value: number
  readonly path: string
}

/** A name needs so much height. */
const SLOT_PX = 24
const TOP_PX = 6

/** Nodes by size, Other last; each as high as its value, and never nearer to the next than a name is high. */
export function layOut(links: readonly FlowLink[], height: number): FlowLayout {
  const sides = (['from', 'to'] as const).map((side) => {
    const sums = new Map<string, { node: FlowNode; value: number }>()
    for (const link of links) {
      const sum = sums.get(link[side].key) ?? { node: link[side], value: 0 }
      sums.set(link[side].key, { node: sum.node, value: sum.value + link.value })
    }
    return [...sums.values()].toSorted((a, b) => Number(isOther(a.node)) - Number(isOther(b.node)) || b.value - a.value)
  })
  const room = height - 2 * TOP_PX
  const scale = Math.min(
    ...sides.map((side) =>
      scaleFor(
        side.map(({ value }) => value),
        room,
      ),
    ),
  )
  const [from = [], to = []] = sides.map((side) => place(side, scale, room))
  return { from, to, links: links.toSorted((a, b) => b.value - a.value), scale }
}

export function bandsOf({ from, to, links, scale }: FlowLayout, left: number, right: number): readonly Band[] {
  const fromAt = new Map(from.map((node) => [node.key, node.y]))
  const toAt = new Map(to.map((node) => [node.key, node.y]))
  const order = (nodes: readonly PlacedNode[]) => new Map(nodes.map((node, i) => [node.key, i]))
  const fromOrder = order(from)
  const toOrder = order(to)
  const sorted = links.toSorted(
    (a, b) =>
      (fromOrder.get(a.from.key) ?? 0) - (fromOrder.get(b.from.key) ?? 0) ||
      (toOrder.get(a.to.key) ?? 0) - (toOrder.get(b.to.key) ?? 0),
  )
  return sorted.map((link) => {
    const thick = link.value * scale
    const y0 = fromAt.get(link.from.key) ?? 0
    const y1 = toAt.get(link.to.key) ?? 0
    fromAt.set(link.from.key, y0 + thick)
    toAt.set(link.to.key, y1 + thick)
    const middle = (left + right) / 2
    const high = Math.max(0.6, thick)
    const path = `M${left} ${n(y0)}C${middle} ${n(y0)} ${middle} ${n(y1)} ${right} ${n(y1)}V${n(y1 + high)}C${middle} ${n(y1 + high)} ${middle} ${n(y0 + high)} ${left} ${n(y0 + high)}Z`
    return {
      from: link.from.key,
      to: link.to.key,
      fromLabel: link.from.label,
      toLabel: link.to.label,
      value: link.value,
      path,
    }
  })
}

export function isOther(node: FlowNode): boolean {
  return node.key === 'other'
}

/** The largest scale at which all nodes, each at least a name high, fit into the room. */
function scaleFor(values: readonly number[], room: number): number {
  let low = 0
  let high =
    room /
    Math.max(
      1e-9,
      values.reduce((sum, value) => sum + value, 0),
    )
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (values.reduce((sum, value) => sum + Math.max(SLOT_PX, value * middle + 4), 0) > room) high = middle
    else low = middle
  }
  return low
}

function place(side: readonly { node: FlowNode; value: number }[], scale: number, room: number): PlacedNode[] {
  const slots = side.map(({ value }) => Math.max(SLOT_PX, value * scale + 4))
  const gap = side.length > 1 ? Math.max(0, (room - slots.reduce((sum, slot) => sum + slot, 0)) / (side.length - 1)) : 0
  let y = TOP_PX
  return side.map(({ node, value }, i) => {
    const slot = slots[i] ?? 0
    const height = value * scale
    const placed = { ...node, value, y: y + (slot - height) / 2, height }
    y += slot + gap
    return placed
  })
}

function n(value: number): string {
  return value.toFixed(1)
}
