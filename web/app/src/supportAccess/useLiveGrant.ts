import { useQuery } from "@tanstack/react-query";
import { exactTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useTextOverTime } from "../ui/useNow";
import { supportAccessQuery } from "./supportAccess";

// The grant that support may look by, and until when; none from its hour on, whether or not the
// server has said so yet.
export function useLiveGrant() {
  const locale = useLocale();
  const grant = useQuery(supportAccessQuery).data?.grant ?? null;
  const until = useTextOverTime((now) =>
    grant !== null && Date.parse(grant.expires_at) > now ? exactTime(grant.expires_at, locale) : "",
  );
  return grant === null || until === "" ? null : { ...grant, until };
}
