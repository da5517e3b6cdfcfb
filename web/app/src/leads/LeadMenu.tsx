import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { useDelete } from "./deleting";
import type { Lead } from "./leads";

type Props = { lead: Lead; size?: "sm"; deleted: () => void };

// What is seldom done to a lead. Whoever may none of it gets no menu.
export function LeadMenu({ lead, size, deleted }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const remove = useDelete(deleted);
  if (!me.rights.includes("delete_leads")) return null;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          {...(size === undefined ? {} : { size })}
          aria-label={t("lead.menu")}
          loading={remove.isPending}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconTrash size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => remove.mutate([lead])}
        >
          {t("lead.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
