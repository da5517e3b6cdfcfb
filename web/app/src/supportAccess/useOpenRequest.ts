import { useQuery } from "@tanstack/react-query";
import { useTextOverTime } from "../ui/useNow";
import { supportAccessQuery } from "./supportAccess";

// What support asks an owner for; nothing once its time is over, whether or not the server has said
// so yet.
export function useOpenRequest() {
  const request = useQuery(supportAccessQuery).data?.request ?? null;
  const isOpen = useTextOverTime((now) =>
    request !== null && Date.parse(request.expires_at) > now ? "open" : "",
  );
  return isOpen === "" ? null : request;
}
