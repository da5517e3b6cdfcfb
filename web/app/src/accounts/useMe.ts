import { useQuery } from "@tanstack/react-query";
import { type Account, isInOrganization, type Me, meQuery } from "./accounts";

// Whoever is signed in, for screens that are only reached after signing in.
export function useAccount(): Account {
  const me = useQuery(meQuery).data;
  if (!me) throw new Error("This screen is only for people who are signed in.");
  return me;
}

// The same for the screens of an organization.
export function useMe(): Me {
  const me = useAccount();
  if (!isInOrganization(me)) throw new Error("This screen is only for people of an organization.");
  return me;
}
