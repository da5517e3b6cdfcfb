import { useQuery } from "@tanstack/react-query";
import { type Me, meQuery } from "./accounts";

// Whoever is signed in, for screens that are only reached after signing in.
export function useMe(): Me {
  const me = useQuery(meQuery).data;
  if (!me) throw new Error("This screen is only for people who are signed in.");
  return me;
}
