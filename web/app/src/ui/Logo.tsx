// The mark: a clock at three whose hands make an L.
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <rect width="24" height="24" rx="6.5" fill="#8630a3" />
      <g stroke="#fff" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7 7v10h10" />
        <path d="M11.3 7A5.7 5.7 0 0 1 17 12.7" strokeOpacity=".62" />
      </g>
    </svg>
  );
}
