/** What a network interface of a cloud is called, behind its id; and its security groups. */
import { groupNames, interfaceLines, interfaceName, useCloudInterface } from '../data/cloud-interfaces.ts'
import { UNKNOWN } from '../data/value-text.ts'
import styles from './field-value.module.css'

export function InterfaceName({ id }: { readonly id: string }) {
  const known = useCloudInterface(id)
  if (known === undefined) return id
  return (
    <span title={interfaceLines(known).join('\n')}>
      {id} <span className={styles['faint']}>{interfaceName(known)}</span>
    </span>
  )
}

export function SecurityGroups({ id }: { readonly id: string }) {
  const known = useCloudInterface(id === '' ? null : id)
  return known && known.groups.length > 0 ? groupNames(known) : <span className={styles['faint']}>{UNKNOWN}</span>
}
