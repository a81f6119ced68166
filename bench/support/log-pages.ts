/**
 * Answers FilterLogEvents with made-up pages as fast as it is asked, and DescribeFlowLogs with the default format; in a process of its
 * own. Prints its address: `node --import tsx bench/support/log-pages.ts PAGES FIRST_MS`.
 */
import { createServer } from 'node:http'

const [pages, firstMs] = process.argv.slice(2).map(Number) as [number, number]
/** As many as fit into what AWS gives at most, 1 MB of text and 26 bytes for each event. */
const MOST_BYTES = 1_048_576
const OVERHEAD = 26

/** What EC2 says of a flow log of the default format. */
const FORMAT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const FLOW_LOGS = `<DescribeFlowLogsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><flowLogSet><item><flowLogId>fl-0123456789abcdef0</flowLogId><logFormat>${FORMAT.replaceAll(/\S+/g, '${$&}')}</logFormat></item></flowLogSet></DescribeFlowLogsResponse>`

const bodies: Buffer[] = []
let events = 0
for (let page = 0; page < pages; page++) {
  const list: string[] = []
  for (let bytes = 0; ; events++) {
    const message = lineOf(events)
    bytes += message.length + OVERHEAD
    if (bytes > MOST_BYTES) break
    const eventId = `3730${String(events * 7919).padStart(52, '0')}`
    const timestamp = firstMs + Math.floor(events / 1000)
    list.push(
      `{"eventId":"${eventId}","ingestionTime":${timestamp + 400_000},"logStreamName":"eni-0123456789abcdef${events % 8}-all","message":"${message}","timestamp":${timestamp}}`,
    )
  }
  const token = page + 1 < pages ? `"nextToken":"${page + 1}",` : ''
  bodies.push(Buffer.from(`{"events":[${list.join(',')}],${token}"searchedLogStreams":[]}`))
}

/** Version 2's 14 fields, of many hosts and ports. */
function lineOf(n: number): string {
  const hash = Math.imul(n, 0x9e3779b1) >>> 0
  const start = Math.floor(firstMs / 1000) + Math.floor(n / 1_000_000)
  const from = `10.${n % 4}.${hash & 255}.${(hash >>> 8) & 255}`
  const to = `${52 + (hash & 3)}.${(hash >>> 16) & 255}.${n & 255}.${hash >>> 24}`
  return `2 123456789012 eni-0123456789abcdef${n % 8} ${from} ${to} ${32_768 + (hash % 28_000)} 443 6 ${1 + (n % 40)} ${60 + (hash % 90_000)} ${start} ${start + 60} ACCEPT OK`
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts).toString()
    if (!body.startsWith('{')) {
      response.writeHead(200, { 'content-type': 'text/xml' })
      response.end(FLOW_LOGS)
      return
    }
    const { nextToken = '0' } = JSON.parse(body) as { nextToken?: string }
    const page = bodies[Number(nextToken)] as Buffer
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': page.length })
    response.end(page)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : 0, events }))
})
process.stdin.on('end', () => process.exit()).resume()
