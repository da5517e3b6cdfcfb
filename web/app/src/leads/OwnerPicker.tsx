import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { AssigneeItems } from "./AssigneeItems";
import { useAssign, useTake } from "./assigning";
import type { Lead } from "./leads";

// Who works the lead: taken by oneself while nobody has it, given by owners and team leads.
export function OwnerPicker({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const me = useMe();
  const take = useTake(lead);
  const give = useAssign();
  return (
    <>
      {lead.owner === null && !lead.contact_hidden && me.rights.includes("write_leads") && (
        <Button size="sm" loading={take.isPending} onClick={() => take.mutate()}>
          {t("lead.take")}
        </Button>
      )}
      {me.rights.includes("assign_leads") && (
        <Menu position="bottom-start" width={220}>
          <Menu.Target>
            <Button
              size="sm"
              variant="subtle"
              loading={give.isPending}
              rightSection={<IconChevronDown size={14} stroke={1.6} aria-hidden="true" />}
            >
              {t("lead.give")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
            <AssigneeItems
              current={lead.owner?.id ?? null}
              give={(to) => give.mutate({ leads: [lead], to })}
            />
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
