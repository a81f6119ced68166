/** What all sources of AWS have in common: how clients are made, and what an error means. */
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { policyFor, type Permission } from './aws-policy.ts'

export interface AwsSettings {
  readonly region?: string | undefined
  readonly role?: string | undefined
  readonly externalId?: string | undefined
  readonly endpoint?: string | undefined
}

/** Options that every client of AWS takes. */
export interface AwsClientOptions {
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly socketTimeout: number
  }
  readonly region?: string
  readonly endpoint?: string
  readonly credentials?: ReturnType<typeof fromTemporaryCredentials>
}

/** AWS's clients say at every start that later releases of theirs will want a later Node. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

const CONNECT_MS = 5000
/** Without a byte. */
const SILENCE_MS = 30_000

/**
 * What a client of any service is made with. Credentials come as AWS's own tools find them: environment, profile, web
 * identity, container or instance. Nothing is tried again by the client: `Backoff` says when.
 */
export function awsClient(settings: AwsSettings): AwsClientOptions {
  const { region, role, externalId, endpoint } = settings
  const common = {
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS, socketTimeout: SILENCE_MS },
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
  if (role === undefined) return common
  const params = {
    RoleArn: role,
    RoleSessionName: 'weir',
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  }
  return { ...common, credentials: fromTemporaryCredentials({ params, clientConfig: common }) }
}

/**
 * `throttled`: too many calls. `denied`: a permission is missing. `credentials`: there are none, or wrong ones. `missing`:
 * no such group, bucket or queue. `network`: AWS was not reached, or went away amid the answer. `service`: a fault of AWS.
 */
export type AwsFault = 'throttled' | 'denied' | 'credentials' | 'missing' | 'region' | 'network' | 'service' | 'other'

export interface AwsTrouble {
  readonly fault: AwsFault
  /** AWS's own reason, with its code. */
  readonly trouble: string
  readonly remedy: string
}

/** What was wanted when it failed. */
export interface Wanted {
  /** The thing in words: `log group /vpc/flow`. */
  readonly thing: string
  /** Permissions that the source needs, for the policy to paste. */
  readonly permissions: readonly Permission[]
  readonly settings: AwsSettings
}

export function explainAws(error: unknown, { thing, permissions, settings }: Wanted): AwsTrouble {
  const { name, message, status } = partsOf(error)
  const fault = faultOf(error)
  return {
    fault,
    trouble: `${thing}: ${name}: ${message || (status === undefined ? 'no reason given' : `HTTP ${status}`)}`,
    remedy: remedyFor(fault, message, thing, permissions, settings),
  }
}

export function faultOf(error: unknown): AwsFault {
  const { name, message, status } = partsOf(error)
  if (THROTTLED.test(name)) return 'throttled'
  if (CREDENTIALS.test(name)) return 'credentials'
  if (DENIED.test(name)) return /AssumeRole/.test(message) ? 'credentials' : 'denied'
  if (MISSING.test(name)) return 'missing'
  if (REGION.test(name) || message.startsWith('Region is missing')) return 'region'
  if (NETWORK.test(name)) return 'network'
  if (status === 403) return 'denied'
  if (status === 404) return 'missing'
  if (status === 301) return 'region'
  return status === undefined || status === 200 ? 'network' : status >= 500 ? 'service' : 'other'
}

// Names of errors as the services have them: CloudWatch Logs, S3, SQS, EC2, STS.
const THROTTLED = /^(Throttl|RequestThrottl|TooManyRequests|SlowDown|RequestLimitExceeded|LimitExceeded|Bandwidth)/
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|RequestExpired|InvalidToken|MissingAuthenticationToken|IncompleteSignature|RequestTimeTooSkewed|InvalidIdentityToken|IDPRejectedClaim|OptInRequired)/
const DENIED = /^(AccessDenied|UnauthorizedOperation|KMSAccessDenied|KmsAccessDenied|AllAccessDisabled)/
const MISSING =
  /^(ResourceNotFound|NoSuchBucket|NoSuchKey|NotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistent)/
const REGION = /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|TemporaryRedirect)/
const NETWORK =
  /^(TimeoutError|AbortError|SyntaxError|ENOTFOUND|EAI_AGAIN|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_\w+|UND_\w+)$/

function remedyFor(
  fault: AwsFault,
  message: string,
  thing: string,
  permissions: readonly Permission[],
  { region, role, endpoint }: AwsSettings,
): string {
  const who = role === undefined ? 'the user or role that Weir runs as' : `the role ${role}`
  switch (fault) {
    case 'throttled':
      return 'Weir waits and goes on by itself. If it stays so, others use up the quota of this account and region: ask AWS for a higher one (Service Quotas).'
    case 'denied': {
      const kms = /\bkms:/i.test(message)
        ? ' What is encrypted with a key of yours also needs kms:Decrypt in the policy of that key.'
        : ''
      return `Attach this policy to ${who}: ${policyFor(permissions)}.${kms}`
    }
    case 'credentials':
      return credentialsRemedy(message, role)
    case 'missing':
      return `Is there a ${thing} in ${region ?? 'the region of AWS_REGION'}${role === undefined ? '' : ` in the account of ${role}`}? Set its name, \`region\` and \`role\` in the configuration.`
    case 'region':
      return 'Set `region` of the source to the region that it is in.'
    case 'network':
      return `Can this machine reach ${endpoint ?? `AWS in ${region ?? 'its region'}`}? Look at DNS, routes, proxies and firewalls (TCP 443). Weir tries again by itself.`
    case 'service':
      return 'This is a fault on the side of AWS (https://health.aws.amazon.com). Weir tries again by itself.'
    case 'other':
      return 'Weir tries again by itself. `weir doctor --source aws` checks every permission.'
  }
}

function credentialsRemedy(message: string, role: string | undefined): string {
  if (/AssumeRole/.test(message) && role !== undefined)
    return `The trust policy of ${role} must name who Weir runs as (and the external id, if it asks for one), and who Weir runs as needs this policy: ${policyFor([{ actions: ['sts:AssumeRole'], resources: [role] }])}.`
  if (/expired|skewed|not yet current/i.test(message))
    return 'Temporary credentials have run out, or the clock of this machine is wrong: renew them (`aws sso login`, a new session token), or look at the clock with `timedatectl`.'
  return 'Give Weir credentials in one of the usual ways: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role of its instance or container. `aws sts get-caller-identity` says whether they work.'
}

interface ErrorParts {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
}

/** System errors are named by their code; what several addresses failed with, by the first. */
function partsOf(error: unknown): ErrorParts {
  const { name, code, Code, message, errors, $metadata } = error as {
    name?: string
    code?: string
    Code?: string
    message?: string
    errors?: readonly unknown[]
    $metadata?: { readonly httpStatusCode?: number }
  }
  if (errors?.[0] !== undefined && !message) return partsOf(errors[0])
  const known = [name, Code, code].find((each) => each !== undefined && !/^(Error|Unknown|UnknownError)$/.test(each))
  return { name: known ?? name ?? 'Error', message: message ?? String(error), status: $metadata?.httpStatusCode }
}
