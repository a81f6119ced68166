/** Every kind of device that Get data knows, in the order of the page. */
import { aristaEos } from './arista-eos.ts'
import { ciscoIosXe } from './cisco-ios-xe.ts'
import type { Device } from './device.ts'
import { fortinet } from './fortinet.ts'
import { hsflowd } from './hsflowd.ts'
import { juniperJunos } from './juniper-junos.ts'
import { linuxSoftflowd } from './linux-softflowd.ts'
import { mikrotik } from './mikrotik.ts'
import { openVswitch } from './open-vswitch.ts'
import { vyos } from './vyos.ts'

export const DEVICES: readonly Device[] = [
  vyos,
  ciscoIosXe,
  juniperJunos,
  mikrotik,
  aristaEos,
  fortinet,
  linuxSoftflowd,
  hsflowd,
  openVswitch,
]
