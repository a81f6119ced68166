/** Makes what tests of AWS sources need, by plain HTTP: what is under test has no part in it. */

export const REGION = 'us-east-1'
export const ACCOUNT = '123456789012'
export const KEYS: Keys = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'secret' }

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface LogEvent {
  /** Milliseconds. AWS refuses what is older than 14 days or more than 2 hours ahead, and so does moto. */
  readonly timestamp: number
  readonly message: string
}

/** A queue and how an event of S3 comes to it. */
export interface Queue {
  readonly url: string
  readonly arn: string
}

export class AwsResources {
  readonly #endpoint: string
  readonly #region: string
  readonly #keys: Keys

  constructor(endpoint: string, region: string, keys: Keys) {
    this.#endpoint = endpoint
    this.#region = region
    this.#keys = keys
  }

  async logGroup(logGroupName: string, ...streams: string[]): Promise<void> {
    await this.#json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName })
    for (const stream of streams) await this.logStream(logGroupName, stream)
  }

  async logStream(logGroupName: string, logStreamName: string): Promise<void> {
    await this.#json('logs', 'Logs_20140328.CreateLogStream', { logGroupName, logStreamName })
  }

  /** In calls of at most 10,000 events (PutLogEvents). */
  async putEvents(logGroupName: string, logStreamName: string, events: readonly LogEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += 10_000) {
      const logEvents = events.slice(at, at + 10_000).toSorted((a, b) => a.timestamp - b.timestamp)
      const answer = await this.#json('logs', 'Logs_20140328.PutLogEvents', { logGroupName, logStreamName, logEvents })
      if (answer['rejectedLogEventsInfo']) throw new Error(`events refused: ${JSON.stringify(answer)}`)
    }
  }

  async bucket(name: string): Promise<void> {
    const where =
      this.#region === REGION
        ? ''
        : `<CreateBucketConfiguration><LocationConstraint>${this.#region}</LocationConstraint></CreateBucketConfiguration>`
    await this.#s3('PUT', `/${name}`, where)
  }

  async putObject(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    await this.#s3('PUT', `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, body)
  }

  async deleteObject(bucket: string, key: string): Promise<void> {
    await this.#s3('DELETE', `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`)
  }

  /** `visibilityTimeout` in seconds; after `maxReceiveCount` receives a message goes to the dead-letter queue. */
  async queue(
    QueueName: string,
    options: { visibilityTimeout?: number; deadLetters?: { queue: Queue; maxReceiveCount: number } } = {},
  ): Promise<Queue> {
    const { visibilityTimeout, deadLetters } = options
    const Attributes = {
      ...(visibilityTimeout === undefined ? {} : { VisibilityTimeout: String(visibilityTimeout) }),
      ...(deadLetters === undefined
        ? {}
        : {
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: deadLetters.queue.arn,
              maxReceiveCount: deadLetters.maxReceiveCount,
            }),
          }),
    }
    const { QueueUrl: url } = await this.#json('sqs', 'AmazonSQS.CreateQueue', { QueueName, Attributes })
    const got = await this.#json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: url, AttributeNames: ['QueueArn'] })
    return { url: String(url), arn: (got['Attributes'] as { QueueArn: string }).QueueArn }
  }

  /** Any body, as if it had come from somewhere. */
  async sendMessage(queue: Queue, MessageBody: string): Promise<void> {
    await this.#json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: queue.url, MessageBody })
  }

  /** Messages that a receive would give now, and those that one has in hand. */
  async queueDepth(queue: Queue): Promise<{ visible: number; inFlight: number }> {
    const { Attributes } = await this.#json('sqs', 'AmazonSQS.GetQueueAttributes', {
      QueueUrl: queue.url,
      AttributeNames: ['All'],
    })
    const of = Attributes as Record<string, string>
    return {
      visible: Number(of['ApproximateNumberOfMessages']),
      inFlight: Number(of['ApproximateNumberOfMessagesNotVisible']),
    }
  }

  /**
   * Objects made in the bucket are told to the queue: by S3 itself (a test event comes first), wrapped by an SNS topic
   * (raw where wished for), or as an event of EventBridge.
   */
  async notify(bucket: string, queue: Queue, by: 'sqs' | 'sns' | 'sns-raw' | 'eventbridge' = 'sqs'): Promise<void> {
    if (by === 'sqs') {
      await this.#notification(
        bucket,
        `<QueueConfiguration><Queue>${queue.arn}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>`,
      )
    } else if (by === 'eventbridge') {
      const Name = `${bucket}-created`
      const EventPattern = JSON.stringify({ source: ['aws.s3'], 'detail-type': ['Object Created'] })
      await this.#json('events', 'AWSEvents.PutRule', { Name, EventPattern })
      await this.#json('events', 'AWSEvents.PutTargets', { Rule: Name, Targets: [{ Id: 'queue', Arn: queue.arn }] })
      await this.#notification(bucket, '<EventBridgeConfiguration/>')
    } else {
      const topic = tag(await this.#query('sns', '2010-03-31', { Action: 'CreateTopic', Name: bucket }), 'TopicArn')
      await this.#query('sns', '2010-03-31', {
        Action: 'Subscribe',
        TopicArn: topic,
        Protocol: 'sqs',
        Endpoint: queue.arn,
        ...(by === 'sns-raw'
          ? { 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' }
          : {}),
      })
      await this.#notification(
        bucket,
        `<TopicConfiguration><Topic>${topic}</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>`,
      )
    }
  }

  /** An interface of its own network, with one security group besides. */
  async networkInterface(of: { address: string; name: string; group: string; description?: string }) {
    const ec2 = (asked: Record<string, string>) => this.#query('ec2', '2016-11-15', asked)
    const vpc = tag(await ec2({ Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' }), 'vpcId')
    const subnet = tag(await ec2({ Action: 'CreateSubnet', VpcId: vpc, CidrBlock: '10.0.1.0/24' }), 'subnetId')
    const GroupName = of.group
    const made = { Action: 'CreateSecurityGroup', VpcId: vpc, GroupName, GroupDescription: GroupName }
    const group = tag(await ec2(made), 'groupId')
    const id = tag(
      await ec2({
        Action: 'CreateNetworkInterface',
        SubnetId: subnet,
        PrivateIpAddress: of.address,
        Description: of.description ?? '',
        'SecurityGroupId.1': group,
      }),
      'networkInterfaceId',
    )
    await this.nameOf(id, of.name)
    return { id, vpc, subnet, group }
  }

  /** Gives anything of EC2 the tag `Name`. */
  async nameOf(id: string, name: string): Promise<void> {
    const asked = { Action: 'CreateTags', 'ResourceId.1': id, 'Tag.1.Key': 'Name', 'Tag.1.Value': name }
    await this.#query('ec2', '2016-11-15', asked)
  }

  /** Flow logs of a new VPC to a group or bucket that is there, as DescribeFlowLogs tells of them. `format` as `${version} ${srcaddr}`; else the default one. */
  async flowLogs(
    to: { group: string } | { bucket: string },
    format?: string,
  ): Promise<{ vpc: string; flowLog: string }> {
    const ec2 = (of: Record<string, string>) => this.#query('ec2', '2016-11-15', of)
    const vpc = tag(await ec2({ Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' }), 'vpcId')
    const destination =
      'group' in to
        ? {
            LogDestinationType: 'cloud-watch-logs',
            LogGroupName: to.group,
            DeliverLogsPermissionArn: `arn:aws:iam::${ACCOUNT}:role/flow-logs`,
          }
        : { LogDestinationType: 's3', LogDestination: `arn:aws:s3:::${to.bucket}` }
    const made = await ec2({
      Action: 'CreateFlowLogs',
      ResourceType: 'VPC',
      'ResourceId.1': vpc,
      TrafficType: 'ALL',
      ...destination,
      ...(format === undefined ? {} : { LogFormat: format }),
    })
    return { vpc, flowLog: tag(tag(made, 'flowLogIdSet'), 'item') }
  }

  /** A role that anyone may assume; its ARN. */
  async role(RoleName: string): Promise<string> {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    })
    const of = { Action: 'CreateRole', RoleName, AssumeRolePolicyDocument: policy }
    return tag(await this.#query('iam', '2010-05-08', of), 'Arn')
  }

  /** Keys of a role in any account; it need not have been made. */
  async assumeRole(account: string, role: string): Promise<Keys> {
    const answer = await this.#query('sts', '2011-06-15', {
      Action: 'AssumeRole',
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: 'tests',
    })
    return {
      accessKeyId: tag(answer, 'AccessKeyId'),
      secretAccessKey: tag(answer, 'SecretAccessKey'),
      sessionToken: tag(answer, 'SessionToken'),
    }
  }

  async #notification(bucket: string, configuration: string): Promise<void> {
    await this.#s3(
      'PUT',
      `/${bucket}?notification`,
      `<NotificationConfiguration>${configuration}</NotificationConfiguration>`,
    )
  }

  async #json(service: string, target: string, of: object): Promise<Record<string, unknown>> {
    const version = service === 'sqs' ? '1.0' : '1.1'
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }
    const text = await this.#call(service, 'POST', '/', JSON.stringify(of), headers)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }

  #query(service: string, Version: string, of: Record<string, string>): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#call(service, 'POST', '/', new URLSearchParams({ ...of, Version }).toString(), headers)
  }

  #s3(method: string, path: string, body: string | Uint8Array = ''): Promise<string> {
    return this.#call('s3', method, path, body, { 'content-type': 'application/octet-stream' })
  }

  /** moto takes any signature; it reads the key, the region and the service from its scope. */
  async #call(
    service: string,
    method: string,
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
  ): Promise<string> {
    const scope = `${this.#keys.accessKeyId}/20260101/${this.#region}/${service}/aws4_request`
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`
    const payload = typeof body === 'string' ? body : Uint8Array.from(body)
    const init = { method, headers: { ...headers, authorization }, ...(payload.length > 0 ? { body: payload } : {}) }
    const response = await fetch(`${this.#endpoint}${path}`, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${service} ${method} ${path}: ${response.status} ${text}`)
    return text
  }
}

/** What stands between the first tag of the name and its end. */
function tag(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)
  if (!found?.[1]) throw new Error(`no <${name}> in ${xml}`)
  return found[1]
}
