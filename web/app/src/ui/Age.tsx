import { age, exactTime } from "./time";
import { useLocale } from "./useLocale";
import { useTextOverTime } from "./useNow";

// How long ago, ticking; the exact time and time zone on hover.
export function Age({ since, className }: { since: string; className?: string | undefined }) {
  const locale = useLocale();
  const text = useTextOverTime((now) => age(since, now));
  return (
    <time className={className} dateTime={since} title={exactTime(since, locale)}>
      {text}
    </time>
  );
}
