import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconChevronUp, IconTrash, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { useKeys } from "../ui/useKeys";
import { AssigneeItems } from "./AssigneeItems";
import { useAssign } from "./assigning";
import styles from "./BulkBar.module.css";
import { useDelete } from "./deleting";
import type { Selection } from "./useSelection";

type Props = {
  selection: Selection;
  // How many there are in the list so far.
  shown: number;
  menu: { isOpen: boolean; setOpen: (isOpen: boolean) => void };
};

// What can be done to the leads that are picked, in place of the list's foot.
export function BulkBar({ selection, shown, menu }: Props) {
  const { t } = useTranslation();
  const { rights } = useMe();
  const give = useAssign();
  const remove = useDelete(selection.clear);
  const count = selection.leads.length;
  useKeys({ Escape: selection.clear });
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("bulk.bar")}>
      <span className={styles.count} aria-live="polite">
        {t("bulk.count", { count })}
      </span>
      {count < shown && (
        <Button size="sm" variant="subtle" onClick={selection.all}>
          {t("bulk.all", { count: shown })}
        </Button>
      )}
      {rights.includes("assign_leads") && (
        <Menu position="top-start" width={220} opened={menu.isOpen} onChange={menu.setOpen}>
          <Menu.Target>
            <Button
              size="sm"
              loading={give.isPending}
              aria-keyshortcuts="a"
              rightSection={<IconChevronUp size={14} stroke={1.6} aria-hidden="true" />}
            >
              {t("lead.give")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
            <AssigneeItems
              give={(to) =>
                give.mutate({ leads: selection.leads, to }, { onSuccess: selection.clear })
              }
            />
          </Menu.Dropdown>
        </Menu>
      )}
      {rights.includes("delete_leads") && (
        <Button
          size="sm"
          loading={remove.isPending}
          leftSection={<IconTrash size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => remove.mutate(selection.leads)}
        >
          {t("lead.delete")}
        </Button>
      )}
      <ActionIcon className={styles.clear} aria-label={t("bulk.clear")} onClick={selection.clear}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
