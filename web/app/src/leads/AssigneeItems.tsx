import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Avatar } from "../ui/Avatar";
import { Bar } from "../ui/Bar";
import { Tag } from "../ui/Tag";
import { type Assignee, assigneesQuery } from "./assigning";
import styles from "./LeadDetails.module.css";

type Props = {
  // Who has the lead now; nothing when several have several.
  current?: string | null;
  give: (to: Assignee) => void;
};

// The people of a menu to give leads to.
export function AssigneeItems({ current, give }: Props) {
  const { t } = useTranslation();
  const assignees = useQuery(assigneesQuery).data;
  if (assignees === undefined) return <Bar width={140} />;
  return assignees.map((each) => (
    <Menu.RadioItem
      key={each.id ?? ""}
      value={each.id ?? ""}
      checked={each.id === current}
      closeMenuOnClick
      rightSection={each.id === current && <IconCheck size={16} />}
      onChange={() => give(each)}
    >
      <span className={styles.choice}>
        <Avatar name={each.name} />
        {each.name ?? t("lead.unassigned")}
        {each.paused_at !== null && <Tag tone="soon">{t("shift.paused")}</Tag>}
      </span>
    </Menu.RadioItem>
  ));
}
