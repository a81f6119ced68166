/**
 * Which permissions the configured sources of AWS have, found out by the calls that need them, made so that they change
 * nothing. Used by `weir doctor --source aws`.
 */
import type { MachineFinding } from '../health/machine.ts'
import { awsClient, explainAws, type AwsTrouble } from './aws.ts'
import { interfacePermission, policyFor, type Permission } from './aws-policy.ts'
import { bucketChecks, queueChecks } from './aws-doctor-s3.ts'
import { logChecks } from './aws-doctor-logs.ts'
import type { AwsSource } from './settings.ts'

/** One permission, and a call that needs it. */
export interface AwsCheck {
  readonly permission: Permission
  /** The thing in words: `log group /vpc/flow`. */
  readonly thing: string
  /** What is the case where the call works; a hint where it does not say all. */
  readonly call: () => Promise<string | { readonly hint: string; readonly remedy: string }>
  /** Weir does without it, in part. */
  readonly isOptional?: boolean
}

export interface AwsExamination {
  readonly findings: readonly MachineFinding[]
  /** For each source that misses a permission, what it needs as a whole. */
  readonly policies: readonly { readonly source: string; readonly policy: string }[]
}

export async function examineAws(sources: readonly AwsSource[]): Promise<AwsExamination> {
  const findings: MachineFinding[] = []
  const policies: { source: string; policy: string }[] = []
  for (const source of sources) {
    const identity = await identityOf(source)
    findings.push(identity)
    // Without credentials each call would say the same.
    if (identity.state === 'hurts') continue
    const checks =
      source.type === 'cloudwatch'
        ? logChecks(source)
        : [...bucketChecks(source), ...(source.queue === undefined ? [] : queueChecks(source, source.queue))]
    if (source.interfaces) checks.push(interfaceCheck(source))
    const results = await Promise.all(checks.map((check) => made(source, check)))
    findings.push(...results.map(({ finding }) => finding))
    if (results.some(({ isDenied }) => isDenied))
      policies.push({ source: source.name, policy: policyFor(merged(checks), 2) })
  }
  return { findings, policies }
}

/** The names, tags and security groups of interfaces. */
function interfaceCheck(source: AwsSource): AwsCheck {
  return {
    permission: interfacePermission,
    thing: 'network interfaces',
    isOptional: true,
    call: async () => {
      const { DescribeNetworkInterfacesCommand, EC2Client } = await import('@aws-sdk/client-ec2')
      const client = new EC2Client(awsClient(source))
      await client.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5 }))
      client.destroy()
      return 'names, tags and security groups of interfaces can be read'
    },
  }
}

/** Who Weir is to AWS: its own credentials, and the role that it assumes. */
async function identityOf(source: AwsSource): Promise<MachineFinding> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const what = `${source.name}: ${source.role === undefined ? 'credentials' : 'sts:AssumeRole'}`
  const client = new STSClient(awsClient(source))
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}))
    return { what, state: 'ok', found: `Weir is ${Arn}` }
  } catch (error) {
    const thing = source.role === undefined ? 'credentials' : `role ${source.role}`
    return { what, state: 'hurts', ...saidOf(explainAws(error, { thing, permissions: [], settings: source })) }
  } finally {
    client.destroy()
  }
}

async function made(source: AwsSource, check: AwsCheck): Promise<{ finding: MachineFinding; isDenied: boolean }> {
  const { permission, thing, call, isOptional = false } = check
  const what = `${source.name}: ${permission.actions.join(', ')}`
  try {
    const said = await call()
    if (typeof said === 'string') return { finding: { what, state: 'ok', found: said }, isDenied: false }
    return { finding: { what, state: 'hint', found: said.hint, remedy: said.remedy }, isDenied: false }
  } catch (error) {
    const trouble = explainAws(error, { thing, permissions: [permission], settings: source })
    const isDenied = trouble.fault === 'denied'
    return { finding: { what, state: isDenied && isOptional ? 'hint' : 'hurts', ...saidOf(trouble) }, isDenied }
  }
}

function saidOf({ trouble, remedy }: AwsTrouble): Pick<MachineFinding, 'found' | 'remedy'> {
  return { found: trouble, remedy }
}

/** One statement for each resource. */
function merged(checks: readonly AwsCheck[]): Permission[] {
  const byResources = new Map<string, Permission>()
  for (const { permission } of checks) {
    const key = permission.resources.join(' ')
    const actions = new Set([...(byResources.get(key)?.actions ?? []), ...permission.actions])
    byResources.set(key, { actions: [...actions], resources: permission.resources })
  }
  return [...byResources.values()]
}
