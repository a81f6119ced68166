/** What Weir uses of the WebAssembly JavaScript Interface, whose types come with those of browsers only. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number; shared: true })
    readonly buffer: SharedArrayBuffer
    /** Adds pages of 64 KiB; how many there were before. */
    grow(pages: number): number
  }
  // oxlint-disable-next-line typescript/no-extraneous-class -- it has nothing else
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Memory>>)
    readonly exports: Record<string, unknown>
  }
}
