/**
 * Flow logs of Google Cloud VPCs ("VPC Flow Logs record format", Google Cloud documentation): log entries, with the record in
 * `jsonPayload`; records by themselves; either of them in a message of Pub/Sub. Numbers come as text or as doubles.
 */
import { BYTES_BASES, DIRECTIONS, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { countryCode } from '../../../../shared/schema/countries.ts'
import { slot } from '../../slots.ts'
import { firstOf, objectOf, readDocument, wordOf, type JsonObject } from './json-values.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { RowValues } from './row-values.ts'

/** Of compute.googleapis.com and networkmanagement.googleapis.com, percent-encoded as in the names of logs. */
const LOG_NAME = /(%2F|\/)vpc_flows$/i
/** `{"` in base64. */
const BASE64_OBJECT = /"data"\s*:\s*"(ey[A-Za-z0-9+/_-]*)/

export const gcpVpc: LogFormat = {
  name: 'gcp-vpc',
  records: 'json',
  recognise: (head) => {
    if (!head.startsWith('{')) return false
    const message = BASE64_OBJECT.exec(head)?.[1]
    return isRecord(head) || (message !== undefined && isRecord(Buffer.from(message, 'base64').toString('utf8')))
  },
  open: (context) => new GcpDecoder(context),
}

function isRecord(head: string): boolean {
  return (
    /(%2F|\/)vpc_flows"/i.test(head) ||
    (/"connection"\s*:\s*\{/.test(head) && /"(src_ip|dest_ip)"/.test(head) && /"(reporter|bytes_sent)"/.test(head))
  )
}

class GcpDecoder implements LogDecoder {
  private readonly values: RowValues

  constructor(context: LogContext) {
    this.values = new RowValues(context.row)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const document = readDocument(bytes, from, to)
    if (typeof document === 'string') return badRecord(document)
    const entry = unwrapped(document)
    if (typeof entry === 'string') return badRecord(entry)
    const name = wordOf(entry.logName)
    if (name !== null && !LOG_NAME.test(name)) return null
    return this.takeRecord(objectOf(entry.jsonPayload) ?? entry, entry)
  }

  private takeRecord(record: JsonObject, entry: JsonObject): Refusal | null {
    const connection = objectOf(record.connection)
    if (connection === null) return badRecord('no connection in it')
    const { values } = this
    const { row } = values
    values.begin()
    row.begin(TYPE)
    if (!wordOf(connection.src_ip) || !wordOf(connection.dest_ip))
      values.refuseAll('a connection without both addresses')
    values.ip(SRC.ip, 'src_ip', connection.src_ip)
    values.ip(DST.ip, 'dest_ip', connection.dest_ip)
    values.u16(SRC.port, 'src_port', connection.src_port)
    values.u16(DST.port, 'dest_port', connection.dest_port)
    values.u8(PROTO, 'protocol', connection.protocol)
    values.u64(BYTES, 'bytes_sent', record.bytes_sent)
    values.u64(PACKETS, 'packets_sent', record.packets_sent)
    row.u8(BASIS, PAYLOAD)
    this.times(record)
    values.u32(RTT, 'rtt_msec', record.rtt_msec)
    const dscp = values.whole('dscp', objectOf(record.network_service)?.dscp, 63)
    if (dscp >= 0) row.u8(TOS, dscp << 2)
    this.path(objectOf(record.internet_routing_details))
    const reporter = wordOf(record.reporter) ?? ''
    const isSource = reporter.startsWith('SRC')
    if (isSource || reporter.startsWith('DEST')) row.u8(DIRECTION, isSource ? EGRESS : INGRESS)
    this.reporter(record, isSource ? 'src' : 'dest', objectOf(objectOf(entry.resource)?.labels))
    this.side(record, 'src', SRC)
    this.side(record, 'dest', DST)
    values.keepRest(connection, CONNECTION, 'connection.')
    values.keepRest(record, RECORD)
    values.putKept()
    if (values.refusal) row.drop()
    else row.end()
    return values.refusal
  }

  private times(record: JsonObject): void {
    const { values } = this
    const startMs = values.time('start_time', record.start_time)
    const endMs = values.time('end_time', record.end_time)
    if (startMs < 0 && endMs < 0) values.refuseAll('neither start_time nor end_time')
    else values.times(startMs, endMs)
  }

  /** What is known of the interface that reported: that of one side, else what the log entry says. */
  private reporter(record: JsonObject, side: 'src' | 'dest', labels: JsonObject | null): void {
    const { values } = this
    const { instance, vpc, gateway, cluster } = partsOf(record, side)
    const other = partsOf(record, side === 'src' ? 'dest' : 'src')
    values.text(ACCOUNT, instance?.project_id ?? vpc?.project_id ?? gateway?.project_id ?? labels?.project_id)
    values.text(REGION, instance?.region ?? vpc?.subnetwork_region ?? gateway?.location)
    values.text(ZONE, instance?.zone ?? labels?.location)
    values.text(VPC, vpc?.vpc_name)
    values.text(SUBNET, vpc?.subnetwork_name ?? labels?.subnetwork_name)
    values.text(INSTANCE, instance?.vm_name)
    values.text(CLUSTER, (cluster ?? other.cluster)?.cluster_name)
    values.text(RESOURCE_TYPE, gateway?.type)
    values.text(RESOURCE, gateway?.name)
  }

  private side(record: JsonObject, name: 'src' | 'dest', to: typeof SRC): void {
    const { values } = this
    const { instance, vpc, gateway, gke, pod, workload, service, location, google } = partsOf(record, name)
    values.text(to.account, instance?.project_id ?? vpc?.project_id ?? gateway?.project_id)
    values.text(to.region, instance?.region ?? vpc?.subnetwork_region ?? gateway?.location)
    values.text(to.zone, instance?.zone)
    values.text(to.vpc, vpc?.vpc_name)
    values.text(to.subnet, vpc?.subnetwork_name)
    values.text(to.instance, instance?.vm_name)
    values.text(to.namespace, pod?.pod_namespace ?? service?.service_namespace)
    values.text(to.pod, pod?.pod_name)
    values.text(to.workload, workload?.workload_name ?? service?.service_name)
    values.text(to.service, google?.service_name ?? google?.type)
    const country = wordOf(location?.country)
    if (country !== null) values.row.string(to.country, countryCode(country))
    values.text(to.city, location?.city)
    values.u32(to.as, 'asn', location?.asn)
    values.keepRest(location, LOCATION, `${name}_location.`)
    values.keepRest(google, GOOGLE, `${name}_google_service.`)
    values.keepRest(instance, PLACED, `${name}_instance.`)
    values.keepRest(vpc, PLACED, `${name}_vpc.`)
    values.keepRest(gateway, PLACED, `${name}_gateway.`)
    values.keepRest(gke, GKE, `${name}_gke_details.`)
  }

  /** The way that Google's routers take out of its network: numbers of the autonomous systems. */
  private path(details: JsonObject | null): void {
    const steps = firstOf(details?.egress_as_path)?.as_details
    if (!Array.isArray(steps)) return
    const numbers = steps.slice(0, LONGEST_PATH).map((step: unknown) => wordOf(objectOf(step)?.asn) ?? '?')
    if (numbers.length > 0) this.values.row.string(AS_PATH, numbers.join(' '))
  }
}

/** Takes a message of Pub/Sub, as it is pushed or pulled, apart. */
function unwrapped(document: JsonObject): JsonObject | string {
  const { data } = objectOf(document.message) ?? document
  if (typeof data !== 'string' || document.connection !== undefined || document.jsonPayload !== undefined)
    return document
  const bytes = Buffer.from(data, 'base64')
  return readDocument(bytes, 0, bytes.length)
}

function partsOf(record: JsonObject, side: 'src' | 'dest') {
  const gke = objectOf(record[`${side}_gke_details`])
  const pod = objectOf(gke?.pod)
  return {
    instance: objectOf(record[`${side}_instance`]),
    vpc: objectOf(record[`${side}_vpc`]),
    gateway: objectOf(record[`${side}_gateway`]),
    location: objectOf(record[`${side}_location`]),
    google: objectOf(record[`${side}_google_service`]),
    gke,
    cluster: objectOf(gke?.cluster),
    pod,
    workload: objectOf(pod?.pod_workload),
    service: firstOf(gke?.service),
  }
}

/** Autonomous systems of a path: as many as a text holds. */
const LONGEST_PATH = 64

const TYPE = SOURCE_TYPES.indexOf('gcp-vpc')
const PAYLOAD = BYTES_BASES.indexOf('payload')
const EGRESS = DIRECTIONS.indexOf('egress')
const INGRESS = DIRECTIONS.indexOf('ingress')

const sideOf = (side: 'src' | 'dst') => ({
  ip: slot(`${side}.ip`),
  port: slot(`${side}.port`),
  as: slot(`${side}.as`),
  account: slot(`${side}.account.id`),
  region: slot(`${side}.region`),
  zone: slot(`${side}.az`),
  vpc: slot(`${side}.vpc.id`),
  subnet: slot(`${side}.subnet.id`),
  instance: slot(`${side}.instance.id`),
  namespace: slot(`${side}.namespace`),
  pod: slot(`${side}.pod`),
  workload: slot(`${side}.workload`),
  service: slot(`${side}.cloud.service`),
  country: slot(`${side}.country`),
  city: slot(`${side}.city`),
})
const SRC = sideOf('src')
const DST = sideOf('dst')
const PROTO = slot('proto')
const BYTES = slot('bytes')
const PACKETS = slot('packets')
const BASIS = slot('bytes.basis')
const RTT = slot('rtt')
const TOS = slot('tos')
const AS_PATH = slot('as.path')
const DIRECTION = slot('direction')
const ACCOUNT = slot('account.id')
const REGION = slot('region')
const ZONE = slot('az')
const VPC = slot('vpc.id')
const SUBNET = slot('subnet.id')
const INSTANCE = slot('instance.id')
const CLUSTER = slot('cluster')
const RESOURCE_TYPE = slot('resource.type')
const RESOURCE = slot('resource.id')

/** What is put into fields, by the object it stands in. */
const CONNECTION = new Set(['src_ip', 'dest_ip', 'src_port', 'dest_port', 'protocol'])
const LOCATION = new Set(['country', 'city', 'asn'])
const GOOGLE = new Set(['service_name'])
const PLACED = new Set(
  'project_id region zone vm_name vpc_name subnetwork_name subnetwork_region location name type'.split(' '),
)
const GKE = new Set(['cluster', 'pod', 'service'])
const RECORD = new Set(
  `connection bytes_sent packets_sent start_time end_time rtt_msec reporter network_service internet_routing_details ${[
    'src',
    'dest',
  ]
    .map(
      (side) =>
        `${side}_instance ${side}_vpc ${side}_gateway ${side}_location ${side}_google_service ${side}_gke_details`,
    )
    .join(' ')}`.split(' '),
)
