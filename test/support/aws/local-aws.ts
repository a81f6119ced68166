/**
 * A local AWS for tests: moto's server, with CloudWatch Logs, S3, SQS, SNS, EventBridge, EC2, IAM and STS. It is kinder
 * than AWS in much; what AWS does to its callers is done by the proxy in front of it (`misbehaving-proxy.ts`).
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { AwsResources, KEYS, REGION, type Keys } from './resources.ts'

const VERSION = '5.2.5'
const REQUIREMENT = `moto[server,s3,logs,sqs,ec2,firehose,sts]==${VERSION}`
const FOLDER = fileURLToPath(new URL(`../../../node_modules/.cache/weir-test/moto-${VERSION}`, import.meta.url))
const SCRIPT = fileURLToPath(new URL('local-aws.py', import.meta.url))

export interface LocalAws {
  /** Its URL. It speaks for all services; S3 by path. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: Keys
  /** Makes things in its account, 123456789012. */
  readonly make: AwsResources
  /** Makes things in another account or region. */
  elsewhere(where: { readonly account?: string; readonly region?: string }): Promise<AwsResources>
  /** Forgets everything that was made. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts one and ends it after the file's tests: `const { aws, skip } = await localAws()` at the top of a test file, then
 * `describe(name, { skip }, …)`. Where it cannot run, `skip` says why. The first start on a machine installs it, which
 * takes about 45 s; later ones take about 1 s.
 */
export async function localAws(): Promise<{ readonly aws: LocalAws; readonly skip: string | false }> {
  const started = await startLocalAws()
  if (typeof started === 'string') return { aws: awsAt('http://127.0.0.1:9', () => Promise.resolve()), skip: started }
  after(() => started.stop())
  return { aws: started, skip: false }
}

/** The same without the end; the reason where it cannot run. */
export async function startLocalAws(): Promise<LocalAws | string> {
  const child = spawn('python3', [SCRIPT, FOLDER, REQUIREMENT], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said = await firstLine(child)
  if (said.port === undefined) return `no local AWS: ${said.failed}`
  return awsAt(`http://127.0.0.1:${said.port}`, () => stop(child))
}

function awsAt(endpoint: string, end: () => Promise<void>): LocalAws {
  const make = new AwsResources(endpoint, REGION, KEYS)
  return {
    endpoint,
    region: REGION,
    credentials: KEYS,
    make,
    async elsewhere({ account, region = REGION }) {
      const keys = account === undefined ? KEYS : await make.assumeRole(account, 'tests')
      return new AwsResources(endpoint, region, keys)
    },
    async reset() {
      await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' })
    },
    stop: end,
  }
}

interface Said {
  readonly port?: number
  readonly failed?: string
}

/** What the script says first, or how it ended without a word. */
async function firstLine(
  child: ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream },
): Promise<Said> {
  let errors = ''
  child.stderr.on('data', (text: Buffer) => {
    if (errors.length < 4096) errors += text.toString()
  })
  const lines = createInterface({ input: child.stdout })
  return await new Promise<Said>((resolve) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as Said))
    child.once('error', (error) => resolve({ failed: `python3: ${error.message} (apt-get install -y python3-venv)` }))
    child.once('exit', () => resolve({ failed: errors.trim().split('\n').at(-1) ?? 'python3 ended' }))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  await ended
}
