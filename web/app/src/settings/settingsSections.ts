// The parts of the settings, in the order they are shown. Each is a screen of its own. Whoever lacks
// the right of one is not shown the way there.
import {
  IconBuilding,
  IconGauge,
  IconKey,
  IconLifebuoy,
  IconListSearch,
  IconLock,
  IconShieldLock,
  IconTrash,
  IconUserCircle,
  IconUserPause,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { Me } from "../accounts/accounts";

type Section = {
  to: string;
  name: string;
  group: (typeof groups)[number];
  icon: typeof IconUserCircle;
  right?: Me["rights"][number];
  isHiddenFromSupport?: true;
};

export const groups = ["you", "organization"] as const;

export const sections = [
  {
    to: "/settings/profile",
    name: "profile",
    group: "you",
    icon: IconUserCircle,
  },
  {
    to: "/settings/organization",
    name: "organization",
    group: "organization",
    icon: IconBuilding,
    right: "manage_organization",
  },
  {
    to: "/settings/people",
    name: "people",
    group: "organization",
    icon: IconUsersGroup,
    right: "manage_people",
  },
  {
    to: "/settings/shift",
    name: "shift",
    group: "organization",
    icon: IconUserPause,
    right: "assign_leads",
  },
  {
    to: "/settings/deleted",
    name: "deleted",
    group: "organization",
    icon: IconTrash,
    right: "delete_leads",
  },
  {
    to: "/settings/sign-in",
    name: "signIn",
    group: "organization",
    icon: IconLock,
    right: "manage_organization",
    isHiddenFromSupport: true,
  },
  {
    to: "/settings/keys",
    name: "keys",
    group: "organization",
    icon: IconKey,
    right: "manage_organization",
    isHiddenFromSupport: true,
  },
  {
    to: "/settings/audit",
    name: "audit",
    group: "organization",
    icon: IconListSearch,
    right: "manage_organization",
  },
  {
    to: "/settings/support",
    name: "support",
    group: "organization",
    icon: IconLifebuoy,
    right: "manage_organization",
    isHiddenFromSupport: true,
  },
  {
    to: "/settings/plan",
    name: "plan",
    group: "organization",
    icon: IconGauge,
    right: "manage_organization",
  },
  {
    to: "/settings/privacy",
    name: "privacy",
    group: "organization",
    icon: IconShieldLock,
  },
] as const satisfies readonly Section[];
