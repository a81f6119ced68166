/** What keys and the jump list may tell parts of the shell to do. */
export type ShellCommand = 'query' | 'time' | 'jump' | 'keys'

const handlers = new Map<ShellCommand, () => void>()

/** Registers the one part that answers; the result takes it away again. */
export function onShellCommand(command: ShellCommand, handler: () => void): () => void {
  handlers.set(command, handler)
  return () => void (handlers.get(command) === handler && handlers.delete(command))
}

export function shellCommand(command: ShellCommand): void {
  handlers.get(command)?.()
}
