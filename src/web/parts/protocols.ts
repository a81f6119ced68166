/** Names of flow protocols and formats of flow logs, as people say them. */
import type { SourceType } from '../../shared/schema/codes.ts'

const NAMES: Record<SourceType, string> = {
  netflow1: 'NetFlow v1',
  netflow5: 'NetFlow v5',
  netflow6: 'NetFlow v6',
  netflow7: 'NetFlow v7',
  netflow9: 'NetFlow v9',
  ipfix: 'IPFIX',
  sflow5: 'sFlow v5',
  'aws-flow-log': 'AWS flow log',
  'gcp-vpc': 'Google Cloud VPC flow log',
  'azure-flow-log': 'Azure flow log',
  'zeek-conn': 'Zeek conn',
  'suricata-eve': 'Suricata EVE',
  hubble: 'Cilium Hubble',
  'nfdump-csv': 'nfdump CSV',
}

/** The name of a protocol given by its word in `source.type`; an unknown word stands for itself. */
export function protocolName(sourceType: string): string {
  return Object.hasOwn(NAMES, sourceType) ? NAMES[sourceType as SourceType] : sourceType
}
