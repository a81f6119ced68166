/** Scope types of NetFlow v9 (RFC 3954 §6.1). */
const SCOPES: Readonly<Record<number, string>> = {
  1: 'System',
  2: 'Interface',
  3: 'Line card',
  4: 'Cache',
  5: 'Template',
}

export function scopeName(id: number): string {
  return SCOPES[id] ?? `Scope ${id}`
}
