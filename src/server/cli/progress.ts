/** A progress bar for what takes longer than a second, on a terminal; nothing in a pipe. */
import { Presets, SingleBar } from 'cli-progress'

const AFTER_MS = 1000

export interface Progress {
  /** 0 to 1. */
  show(share: number): void
  end(): void
}

export function progress(what: string): Progress {
  const beganMs = performance.now()
  let bar: SingleBar | null = null
  return {
    show(share) {
      if (!process.stderr.isTTY || performance.now() - beganMs < AFTER_MS) return
      if (!bar) {
        bar = new SingleBar(
          {
            format: `${what} {bar} {percentage} %, {eta_formatted} left`,
            stream: process.stderr,
            hideCursor: true,
            clearOnComplete: true,
            etaBuffer: 50,
          },
          Presets.shades_classic,
        )
        bar.start(1000, 0)
      }
      bar.update(Math.round(share * 1000))
    },
    end() {
      bar?.stop()
    },
  }
}
