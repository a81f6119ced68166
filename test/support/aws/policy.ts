/** Lets pass what an IAM policy allows, and refuses the rest as AWS does: for policies that the documentation tells people to paste. */
import { permissionOf, type Call } from './aws-call.ts'
import { denied, type Fault } from './faults.ts'

/** A policy of a user or role. Conditions, principals and NotAction are not read. */
export interface Policy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

export function onlyAllowed(policy: Policy): Fault {
  const refuse = denied()
  return (call, next) => (allows(policy, call) ? next() : refuse(call, next))
}

/** What is denied is denied; else one statement must allow it. GetCallerIdentity needs no permission. */
function allows({ Statement }: Policy, call: Call): boolean {
  const { permission, resource = '*' } = permissionOf(call)
  if (permission === 'sts:GetCallerIdentity') return true
  const about = Statement.filter(
    ({ Action, Resource }) =>
      list(Action).some((pattern) => matches(pattern.toLowerCase(), permission.toLowerCase())) &&
      list(Resource).some((pattern) => matches(pattern, resource)),
  )
  return about.length > 0 && about.every(({ Effect }) => Effect === 'Allow')
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

/** `*` is any text, `?` one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}
