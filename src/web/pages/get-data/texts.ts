/** Texts of Get data. */
import { exact } from '../../data/numbers.ts'

const n = (count: number, one: string, many: string): string => `${exact(count)} ${count === 1 ? one : many}`

export const texts = {
  title: 'Get data in',
  subtitle: 'choose, paste, watch it arrive',
  notRefreshed: 'This is what was last known.',
  choose: {
    title: 'What sends flows?',
    network: 'Routers, firewalls, switches',
    host: 'Hosts and hypervisors',
    anythingElse: 'Anything else: point it at',
    anyProtocol:
      'NetFlow v1, v5, v6, v7 and v9, IPFIX and sFlow v5 are recognised on every UDP port. IPFIX may come over TCP and TLS as well.',
  },
  clouds: {
    title: 'Flow logs of a cloud, or a file',
    text: 'Weir goes on with them by itself, each record once; Health says how far it is.',
    from: 'From',
    names: {
      cloudwatch: 'AWS, CloudWatch Logs',
      s3: 'AWS, S3',
      firehose: 'AWS, Firehose',
      google: 'Google Cloud',
      azure: 'Azure',
      files: 'a file',
    },
    configure: 'In the configuration',
    run: 'Type on this machine',
    lines: (name: string): string => `Lines for ${name}`,
    notes: {
      cloudwatch:
        'Credentials come in the usual ways of AWS. weir doctor --source aws names each permission that is missing. The past comes too with from: 2026-11-01.',
      s3: 'Let the bucket tell the queue of new objects; without queue it is listed every minute. Text and Parquet are read.',
      firehose:
        'Point the stream at https://YOUR-NAME/ingest/firehose with that access key; it needs a proxy with TLS before Weir.',
      google: 'Route the logs to a Pub/Sub topic with a push subscription to https://YOUR-NAME/ingest/pubsub?token=…',
      azure: 'VNet and NSG flow logs; the signature needs the permissions read and list.',
      files:
        'AWS (text, Parquet), Google, Azure, Zeek, Suricata, Hubble, nfdump’s CSV, captures; packed with gzip or not. The format is found out.',
    },
  },
  configure: {
    title: 'Paste this there',
    release: 'For',
    protocol: 'Protocol',
    collector: "Weir's address",
    candidates: 'Addresses of this machine:',
    collectorHint: 'Type the address that the device reaches this machine by.',
    port: 'Port',
    noPort: 'No listener',
    interfaces: 'Interfaces, by commas',
    source: "Device's own address",
    rate: 'One packet in',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'The browser did not allow it; select the lines and copy them.',
    filledIn: 'filled in',
    loopbackOnly: 'Weir listens on loopback only',
    missing: (names: readonly string[]): string => `Still to fill in: ${names.join(', ')}.`,
    lines: (device: string): string => `Configuration for ${device}`,
    explained: 'What the lines do',
  },
  watch: {
    title: 'Watch it arrive',
    exporter: 'From',
    any: 'no device yet',
    datagrams: 'Datagrams',
    lastMinute: 'last 60 s',
    pulse: (count: number): string => `${n(count, 'datagram', 'datagrams')} in the last minute`,
    done: (done: number, all: number): string => `${done} of ${all} done`,
    states: { done: 'Done', waiting: 'Waiting', attention: 'Look at this' },
    exporterPage: 'All of it on Health',
  },
  steps: {
    listening: (ports: string): string => `Listening on ${ports}`,
    listeningDetail: (buffer: string, dropped: number): string =>
      `receive buffer ${buffer}, ${n(dropped, 'datagram', 'datagrams')} dropped`,
    noListener: 'Weir listens nowhere',
    noListenerDetail: 'Start it with --listen udp://0.0.0.0:2055, or without --listen none.',
    loopbackOnly: (ports: string): string => `Listening on ${ports}, on loopback only`,
    loopbackDetail:
      'Only programs on this machine can send. Start Weir with --listen udp://0.0.0.0:2055 to reach it from a device.',
    datagram: (address: string, ago: string): string => `Datagram from ${address}, ${ago}`,
    datagramDetail: (protocols: string, count: number): string =>
      `${protocols}, ${n(count, 'datagram', 'datagrams')} so far`,
    waitingForDatagram: 'Waiting for the first datagram',
    waitingForDatagramDetail: 'Nothing yet. A firewall on the way must let this UDP port through.',
    notFlowData: (count: number): string => `${n(count, 'datagram', 'datagrams')} came that Weir cannot read`,
    notFlowDataDetail: 'Set the device to NetFlow v5, v9, IPFIX or sFlow v5.',
    template: (ids: readonly number[]): string =>
      `${ids.length === 1 ? 'Template' : 'Templates'} ${ids.slice(0, 4).join(', ')}${ids.length > 4 ? ` and ${ids.length - 4} more` : ''} seen`,
    templateDetail: (fields: number, unknown: number): string =>
      `${n(fields, 'field', 'fields')}, ${unknown === 0 ? 'all known' : `${unknown} of them kept nowhere`}`,
    noTemplateNeeded: 'No template needed',
    noTemplateNeededDetail: 'records of this protocol have one fixed form',
    waitingForTemplate: 'Waiting for a template',
    waitingForTemplateDetail: (waiting: number): string =>
      waiting === 0
        ? 'NetFlow v9 and IPFIX send one every minute or so.'
        : `${n(waiting, 'set', 'sets')} of data wait for it and are read when it comes.`,
    flows: (count: number): string => `${n(count, 'flow', 'flows')} decoded`,
    flowsDetail: (records: number, lost: number): string =>
      `${n(records, 'record', 'records')} read, ${lost === 0 ? 'nothing lost' : `${n(lost, 'loss', 'losses')}: see Health`}`,
    waitingForFlows: 'Waiting for flows',
    waitingForFlowsDetail: 'Devices report a flow when it ends, or every minute while it lasts.',
    sampling: (rates: readonly number[]): string =>
      rates.length === 1 && rates[0] === 1
        ? 'Every packet is counted'
        : `Sampling known: ${rates.map((rate) => `1 in ${exact(rate)}`).join(', ')}`,
    samplingDetail: (sources: readonly string[]): string => `from ${sources.join(', ')}`,
    waitingForSampling: 'Waiting to learn the sampling rate',
    waitingForSamplingDetail: 'It comes with the records, or in option data.',
    samplingUnknown: 'Sampling not announced',
    samplingUnknownDetail:
      'Counts are taken as they are. If the device samples, let it announce the rate (option sampler-table on Cisco).',
    clock: (off: string): string => `Clock within ${off}`,
    clockDetail: 'the device and this machine agree',
    clockOff: (off: string, ahead: boolean): string => `Clock is ${off} ${ahead ? 'ahead' : 'behind'}`,
    clockOffDetail: 'Point both at a time server (NTP); flows stand at the wrong time until then.',
    waitingForClock: 'Waiting for a time stamp',
    waitingForClockDetail: 'It comes with the first header that carries one.',
  },
  demo: {
    title: 'No device at hand?',
    text: 'A small company, its data centre and its branches, with incidents among the traffic, sent as real datagrams from this machine to itself.',
    note: 'The flows are kept like any others, in this data folder.',
    start: 'Play demo traffic',
    stop: 'Stop demo traffic',
    rate: 'Flows a second',
    running: (rate: string): string => `Playing at ${rate}`,
    failed: 'Demo traffic did not start.',
    noListener: 'Demo traffic needs a UDP listener.',
  },
  first: {
    title: 'First flows',
    newest: 'newest first',
    open: 'Open in Flows',
    empty: 'Nothing has arrived yet. The first flows appear here by themselves.',
    columns: { end: 'Time', src: 'Source', dst: 'Destination', service: 'Service', packets: 'Packets', bytes: 'Bytes' },
  },
} as const
