// The parts of the settings, in the order they are shown. Each is a screen of its own.
import { IconGauge, IconKey, IconUserCircle } from "@tabler/icons-react";
import type { Me } from "../accounts/accounts";

type Right = Me["rights"][number];

type Section = {
  to: "/settings/keys" | "/settings/plan" | "/settings/profile";
  name: "keys" | "plan" | "profile";
  group: "you" | "organization";
  icon: typeof IconUserCircle;
  // Whoever lacks it is not shown the way there.
  right?: Right;
};

export const sections: Section[] = [
  { to: "/settings/profile", name: "profile", group: "you", icon: IconUserCircle },
  {
    to: "/settings/plan",
    name: "plan",
    group: "organization",
    icon: IconGauge,
    right: "manage_organization",
  },
  {
    to: "/settings/keys",
    name: "keys",
    group: "organization",
    icon: IconKey,
    right: "manage_organization",
  },
];

export const groups = ["you", "organization"] as const;
