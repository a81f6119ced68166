/**
 * The only places where data can be lost. Each has a counter, a line on Health and a metric; nothing is lost elsewhere.
 */
export const LOSSES = {
  'kernel.drops': {
    station: 'source',
    unit: 'datagrams',
    meaning: 'The kernel had no room in a socket buffer.',
    remedy: 'Raise the receive buffer: sysctl -w net.core.rmem_max=33554432, then start Weir again.',
  },
  'source.truncated': {
    station: 'source',
    unit: 'datagrams',
    meaning: 'A datagram was longer than 64 KiB or came cut short.',
    remedy:
      'Look at the exporter: no flow protocol sends datagrams of that length. Capture with a larger snap length (tcpdump -s 0).',
  },
  'source.fragments': {
    station: 'source',
    unit: 'datagrams',
    meaning: 'Of a datagram that was sent in IP fragments, the capture lacks a part.',
    remedy: 'Capture all fragments: the filter "udp port 2055" keeps only the first of each datagram.',
  },
  'source.sctp': {
    station: 'source',
    unit: 'messages',
    meaning: 'A capture holds IPFIX over SCTP, which Weir does not read.',
    remedy: 'Set the exporter to IPFIX over UDP, TCP or TLS.',
  },
  'stream.gap': {
    station: 'source',
    unit: 'segments',
    meaning:
      'A capture lacks segments of a TCP connection; reading went on at the next message that begins with a segment.',
    remedy: 'Capture where nothing is dropped, or with a larger buffer (tcpdump -B 65536).',
  },
  'stream.notIpfix': {
    station: 'decode',
    unit: 'connections',
    meaning:
      'A TCP or TLS connection brought something that is no IPFIX message (another version, or a length below 16), and was closed.',
    remedy: 'Set the exporter to IPFIX, or to UDP: NetFlow and sFlow are not sent over TCP.',
  },
  'stream.cut': {
    station: 'source',
    unit: 'messages',
    meaning: 'A TCP or TLS connection ended inside a message.',
    remedy:
      'Look whether the exporter was stopped or the network between failed; after silence, raise limits.idleConnection.',
  },
  'stream.full': {
    station: 'source',
    unit: 'connections',
    meaning: 'A TCP or TLS listener had as many connections as the limit, and refused one more.',
    remedy: 'Raise limits.connections in the configuration, or block what is not an exporter of yours.',
  },
  'stream.tlsFailed': {
    station: 'source',
    unit: 'connections',
    meaning: 'A TLS handshake failed: no TLS 1.2 or newer, a certificate that is not trusted, or not TLS at all.',
    remedy:
      "Compare the exporter's settings with tls in the configuration; openssl s_client -connect HOST:PORT shows what is wrong.",
  },
  'exporters.full': {
    station: 'decode',
    unit: 'datagrams',
    meaning: 'More exporters than the limit sent datagrams.',
    remedy: 'Raise limits.exporters in the configuration, or block what is not an exporter of yours.',
  },
  'decode.notFlowData': {
    station: 'decode',
    unit: 'datagrams',
    meaning: 'The header is of none of the known protocols.',
    remedy: 'Something else is sending to this port; find it by its address in the log.',
  },
  'decode.unsupportedVersion': {
    station: 'decode',
    unit: 'datagrams',
    meaning: 'A NetFlow version or sFlow version that this Weir does not read.',
    remedy: 'Set the exporter to NetFlow v9, IPFIX or sFlow v5; NetFlow v1, v5, v6 and v7 are read too, v8 is not.',
  },
  'decode.short': {
    station: 'decode',
    unit: 'sets',
    meaning: 'A datagram, set, record or sample ends before its own length says.',
    remedy: 'Look for fragments that are lost on the way, or for an exporter that writes wrong lengths.',
  },
  'decode.badTemplate': {
    station: 'decode',
    unit: 'templates',
    meaning: 'A template cannot be true: no fields, a record of no length, or more fields than the limit.',
    remedy: "Capture it and compare with the exporter's documentation: weir decode FILE --counters.",
  },
  'decode.badList': {
    station: 'decode',
    unit: 'lists',
    meaning:
      'A list within a record (RFC 6313) ends before its own length says, is nested too deep, or names a template that is not known.',
    remedy:
      'Let the exporter send all of its templates, also those that only lists name; else look at it with weir decode FILE --raw.',
  },
  'decode.templatesFull': {
    station: 'decode',
    unit: 'templates',
    meaning: 'An exporter, or all of them together, sent more templates than the limit.',
    remedy: 'Raise limits.templatesPerExporter or limits.templates in the configuration.',
  },
  'decode.templateUnknown': {
    station: 'decode',
    unit: 'sets',
    meaning: 'Data came before its template, and the waiting room was full or the template did not come in time.',
    remedy: 'Let the exporter send its templates more often (every minute, or every 20 datagrams).',
  },
  'decode.optionsFull': {
    station: 'decode',
    unit: 'options',
    meaning:
      'An exporter, or all of them together, announced more samplers, interfaces and other knowledge than the limit.',
    remedy: 'Raise limits.optionsPerExporter or limits.options in the configuration.',
  },
  'decode.fault': {
    station: 'decode',
    unit: 'datagrams',
    meaning: 'A fault in Weir: its decoder gave up on a datagram.',
    remedy: 'The log has the fault and the datagram; please report both.',
  },
  'log.unknownLayout': {
    station: 'decode',
    unit: 'records',
    meaning: 'A line of a flow log came without a header line, and nothing says which fields it has.',
    remedy:
      'Say so with layout in the configuration of the source (weir import --layout); the lines are kept with the dead letters and can be read again then.',
  },
  'log.badRecord': {
    station: 'decode',
    unit: 'records',
    meaning: 'A record of a flow log has another number of fields than its layout, or a value that cannot be.',
    remedy: 'Look at the dead letters: each is kept there with its place and what is wrong with it.',
  },
  'log.tooLong': {
    station: 'decode',
    unit: 'records',
    meaning: 'A line of a flow log is longer than 1 MiB, or a JSON document of one longer than 16 MiB.',
    remedy: 'No flow log has such records; look at the file, whose name is with the dead letters.',
  },
  'source.object': {
    station: 'source',
    unit: 'objects',
    meaning:
      'An object of a bucket was set aside after several tries, or a file of a watched folder: it is damaged, of no known format, too large, or may not be read.',
    remedy:
      'The dead letters name it with the reason. Put it right and upload it again: one with other contents is taken anew.',
  },
  'source.gone': {
    station: 'source',
    unit: 'objects',
    meaning: 'An object of a bucket was told of or listed, and was not there any more when it was to be read.',
    remedy: 'Look at the lifecycle rules of the bucket: they may delete logs before Weir has read them.',
  },
  'source.notice': {
    station: 'source',
    unit: 'messages',
    meaning: 'A message in the queue of a bucket did not tell of objects, and was taken out of it.',
    remedy: 'Let the queue be only for notices of S3; the dead letters hold what came.',
  },
  'queue.full': {
    station: 'store',
    unit: 'flows',
    meaning: 'The store did not keep up and all batches were on their way to it.',
    remedy: 'Look at the disk; a slower disk or a smaller machine than the load needs.',
  },
  'counters.lost': {
    station: 'store',
    unit: 'counter samples',
    meaning: 'What a device counts of itself came faster than 1,000 a second, or could not be stored in time.',
    remedy: 'Poll counters less often, or look at the disk; the next samples bring the same counters further on.',
  },
  'store.rejected': {
    station: 'store',
    unit: 'flows',
    meaning: 'The database refused a batch, for want of disk space or because of a fault.',
    remedy: 'Free disk space or look into the log; Weir goes on as soon as it can write.',
  },
} as const satisfies Record<
  string,
  { station: 'source' | 'decode' | 'store'; unit: string; meaning: string; remedy: string }
>

export type LossName = keyof typeof LOSSES
export const LOSS_NAMES = Object.keys(LOSSES) as LossName[]
