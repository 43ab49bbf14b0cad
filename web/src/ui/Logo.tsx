/// The mark of Linka; drawn here, so that it costs no request.
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#3b4fd0" />
      <path d="M9 7v18h14" fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="21.5" cy="11.5" r="3.5" fill="#8ce0bb" />
    </svg>
  );
}
