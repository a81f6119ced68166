/** Names of log groups. */

/** `/vpc/flow` of `arn:aws:logs:REGION:ACCOUNT:log-group:/vpc/flow:*`. */
export function nameOf(group: string): string {
  return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(group)?.[1] ?? group
}

/** How calls of CloudWatch Logs name it. */
export function groupInput(group: string): { logGroupIdentifier: string } | { logGroupName: string } {
  return group.startsWith('arn:') ? { logGroupIdentifier: group.replace(/:\*$/, '') } : { logGroupName: group }
}
