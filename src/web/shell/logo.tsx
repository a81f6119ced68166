export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" strokeWidth="4.2" aria-hidden="true" focusable="false">
      <path d="M3 5.1h6.5A11.4 11.4 0 0 1 20.9 16.5V21" stroke="var(--accent)" />
      <path d="M3 12.3h4.6a6.1 6.1 0 0 1 6.1 6.1V21" stroke="var(--accent)" opacity="0.72" />
      <rect x="3" y="17" width="4.2" height="4" fill="var(--accent)" opacity="0.45" />
    </svg>
  )
}
