import { useEffect, useState } from "react";

// True once something has been going on for longer than people notice. A skeleton that flashes for
// a moment is worse than none.
export function useSlow(pending: boolean, after = 150): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setSlow(true), after);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [pending, after]);
  return pending && slow;
}
