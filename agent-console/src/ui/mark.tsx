/** The product's mark: a kiosk with a face on its screen. Decoration only. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect x="1" y="1" width="26" height="26" rx="7" fill="var(--bb-accent)" />
      <rect x="7" y="6" width="14" height="11" rx="2.5" fill="none" stroke="var(--bb-on-accent)" strokeWidth="1.8" />
      <circle cx="14" cy="10.2" r="1.8" fill="var(--bb-on-accent)" />
      <path d="M10.6 15.4a3.6 3.6 0 0 1 6.8 0" fill="none" stroke="var(--bb-on-accent)" strokeWidth="1.6" />
      <path d="M14 17v4.2M9.8 21.8h8.4" stroke="var(--bb-on-accent)" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
