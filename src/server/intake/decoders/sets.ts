/** The sets ("FlowSets") that messages of NetFlow v9 and IPFIX are made of; the two differ in their headers and templates. */
import type { TemplateProtocol } from './domain.ts'
import type { Message } from './message.ts'
import { readData } from './data-sets.ts'
import { readIpfixTemplates, readNetflow9Options, readNetflow9Templates } from './template-sets.ts'

/** Set ids from here on are template ids; below them are templates and reserved ones. */
const FIRST_DATA_ID = 256

type Reader = (message: Message, from: number, end: number, setId: number) => void

/** What the sets with reserved ids hold (RFC 3954 §5.2, §6.1; RFC 7011 §3.3.2). */
const TEMPLATE_SETS: Readonly<Record<TemplateProtocol, Readonly<Record<number, Reader>>>> = {
  netflow9: { 0: readNetflow9Templates, 1: readNetflow9Options },
  ipfix: { 2: readIpfixTemplates, 3: readIpfixTemplates },
}

/**
 * Reads all sets that begin from `at` up to `end`. Of one that reaches beyond the datagram, what is there is read.
 *
 *     set id (u16), length with this header (u16), content            RFC 3954 §5.1, RFC 7011 §3.3.2
 */
export function readSets(message: Message, protocol: TemplateProtocol, at: number, end: number): void {
  const { view, exporter } = message
  const templateSets = TEMPLATE_SETS[protocol]
  let next = at
  while (next + 4 <= end) {
    const id = view.getUint16(next)
    const length = view.getUint16(next + 2)
    // Some exporters fill their messages up with zeros.
    if (id === 0 && length === 0) return
    const from = next + 4
    next += length
    if (length < 4 || next > view.byteLength) {
      exporter.lose('decode.short', 1)
      message.exact = false
      if (length < 4) return
      next = view.byteLength
    }
    if (id >= FIRST_DATA_ID) readData(message, from, next, id)
    else if (templateSets[id]) templateSets[id](message, from, next, id)
    else exporter.lose('decode.badTemplate', 1)
  }
}
