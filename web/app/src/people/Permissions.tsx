import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import {
  changePermissions,
  type Member,
  membersQuery,
  type Permissions,
  sights,
  teamsQuery,
} from "./people";

const switches = ["sees_unassigned_contacts", "may_export", "may_delete"] as const;

// What an agent sees and may do, as items of a menu. Takes effect at once.
export function PermissionItems({ member }: { member: Member }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const change = useMutation({
    mutationFn: changePermissions,
    onError: (problem) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  // What is shown may be old by now, so nothing else is sent along.
  const set = (changed: Permissions) => change.mutate({ id: member.id, ...changed });
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("people.sees")}</Menu.Label>
      {sights.map((sight) => (
        <Menu.RadioItem
          key={sight}
          value={sight}
          checked={sight === member.sees}
          rightSection={sight === member.sees && <IconCheck size={16} />}
          onChange={() => set({ sees: sight })}
        >
          {t(`people.seesOf.${sight}`)}
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
      {switches.map((name) => (
        <Menu.CheckboxItem
          key={name}
          checked={member[name]}
          rightSection={member[name] && <IconCheck size={16} />}
          onChange={() => set({ [name]: !member[name] })}
        >
          {t(`people.may.${name}`)}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}

// What the person sees in effect: by role, permission and teams.
export function SeesText({ member }: { member: Member }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const teams = useQuery(teamsQuery).data ?? [];
  const list = (names: string[]) => new Intl.ListFormat(locale.tag).format(names);
  const mine = (asLead: boolean) =>
    teams
      .filter((team) =>
        team.members.some(({ id, is_lead }) => id === member.id && (is_lead || !asLead)),
      )
      .map(({ name }) => name);
  const ofTeams = (names: string[], without: string) =>
    names.length === 0 ? without : t("people.seesText.team", { teams: list(names) });
  if (member.role === "owner" || (member.role === "team_lead" && teams.length === 0))
    return t("people.seesText.all");
  if (member.role === "team_lead") return ofTeams(mine(true), t("people.seesText.noTeam"));
  const text =
    member.sees === "team"
      ? ofTeams(mine(false), t("people.seesText.own_and_unassigned"))
      : t(`people.seesText.${member.sees}`);
  // Told is what is not as usual. Of own leads alone, contacts are always seen.
  return list([
    text,
    ...(member.sees_unassigned_contacts || member.sees === "own" ? [] : [t("people.noContacts")]),
    ...(member.may_export ? [] : [t("people.noExport")]),
    ...(member.may_delete ? [t("people.deletes")] : []),
  ]);
}
