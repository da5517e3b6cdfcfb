import { ago, exactTime } from "./time";
import { useLocale } from "./useLocale";
import { useTextOverTime } from "./useNow";

// "4 min ago", kept true; the exact time on hover.
export function Ago({ time }: { time: string }) {
  const locale = useLocale();
  const text = useTextOverTime((now) => ago(time, now, locale));
  return (
    <time dateTime={time} title={exactTime(time, locale)}>
      {text}
    </time>
  );
}
