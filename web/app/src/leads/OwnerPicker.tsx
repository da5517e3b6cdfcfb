import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { membersQuery } from "../people/people";
import { Avatar } from "../ui/Avatar";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import styles from "./LeadDetails.module.css";
import { assignLeads, type Lead, patchLead, recordKey, takeLead } from "./leads";

// Who works the lead: taken by oneself while nobody has it, given to anybody by an owner.
export function OwnerPicker({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const told = {
    onError: (problem: unknown) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: recordKey(lead.id) }),
  };
  const take = useMutation({
    mutationFn: () => takeLead(lead.id),
    onSuccess: (mine) => patchLead(cache, mine),
    ...told,
  });
  const give = useMutation({
    mutationFn: (to: string | null) => assignLeads([lead.id], to),
    ...told,
  });
  const gives = me.rights.includes("manage_people");
  return (
    <>
      {lead.owner === null && me.rights.includes("write_leads") && (
        <Button size="sm" loading={take.isPending} onClick={() => take.mutate()}>
          {t("lead.take")}
        </Button>
      )}
      {gives && (
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
          <Menu.Dropdown>
            <Choices lead={lead} give={give.mutate} />
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function Choices({ lead, give }: { lead: Lead; give: (to: string | null) => void }) {
  const { t } = useTranslation();
  const members = useQuery(membersQuery).data ?? [];
  const choices = [
    ...members.filter(({ left_at }) => left_at === null).map(({ id, name }) => ({ id, name })),
    { id: null, name: undefined },
  ];
  return choices.map(({ id, name }) => (
    <Menu.RadioItem
      key={id ?? ""}
      value={id ?? ""}
      checked={id === (lead.owner?.id ?? null)}
      closeMenuOnClick
      rightSection={id === (lead.owner?.id ?? null) && <IconCheck size={16} />}
      onChange={() => give(id)}
    >
      <span className={styles.choice}>
        <Avatar name={name} />
        {name ?? t("lead.unassigned")}
      </span>
    </Menu.RadioItem>
  ));
}
