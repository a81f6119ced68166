import { useRef, useState, type MouseEvent } from 'react'

/**
 * Opens something beside the element that was clicked, and closes it with another click. The click that closes it by
 * falling outside does not open it again.
 */
export function useAnchor() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const wasOpen = useRef(false)
  return {
    /** The element that it stands beside; null while it is closed. */
    anchor,
    setAnchor,
    close: () => setAnchor(null),
    handlers: {
      onPointerDown: () => {
        wasOpen.current = anchor !== null
      },
      onClick: (event: MouseEvent<HTMLElement>) => {
        setAnchor(wasOpen.current ? null : event.currentTarget)
        wasOpen.current = false
      },
    },
  }
}
