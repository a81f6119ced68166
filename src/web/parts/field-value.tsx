/** A field's value, shown in its own way; dimensions open the menu that every value has. */
import { field, type FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { exactText, UNKNOWN, valueText } from '../data/value-text.ts'
import { interfaceIdOf } from '../data/cloud-interfaces.ts'
import { InterfaceName } from './cloud-interface.tsx'
import styles from './field-value.module.css'
import { NumberText } from './number-text.tsx'
import { Value } from './value-menu.tsx'

export function FieldValue({ field: name, value }: { readonly field: FieldName; readonly value: JsonValue }) {
  if (value === null) return <span className={styles['faint']}>{UNKNOWN}</span>
  const { role, kind, unit } = field(name)
  if (role === 'measure' && name !== 'duration') return <NumberText value={value} unit={unit ?? ''} />
  const interfaceId = interfaceIdOf(name, value)
  const look = kind === 'time' || kind === 'ip' || kind === 'mac' || name === 'tcp.flags' ? styles['mono'] : undefined
  const shown = (
    <span className={look} title={exactText(name, value)}>
      {interfaceId === null ? valueText(name, value) : <InterfaceName id={interfaceId} />}
    </span>
  )
  return role === 'dimension' ? <Value of={[{ field: name, value }]}>{shown}</Value> : shown
}
