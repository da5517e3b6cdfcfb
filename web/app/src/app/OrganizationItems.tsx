import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { enterOrganization } from "../accounts/accounts";
import { useMe } from "../accounts/useMe";
import { useReasonOf } from "../ui/Trouble";

// The organizations one belongs to, for a menu; the chosen one is gone to with a new start.
export function OrganizationItems() {
  const { t } = useTranslation();
  const me = useMe();
  const reasonOf = useReasonOf();
  const enter = useMutation({
    mutationFn: enterOrganization,
    onSuccess: () => window.location.assign("/app/leads"),
  });
  return (
    <>
      <Menu.Label>{t("organizations.label")}</Menu.Label>
      {me.organizations.map(({ id, name }) => (
        <Menu.RadioItem
          key={id}
          value={id}
          checked={id === me.organization.id}
          rightSection={id === me.organization.id && <IconCheck size={16} />}
          onChange={() => {
            if (id !== me.organization.id) enter.mutate(id);
          }}
        >
          {name}
        </Menu.RadioItem>
      ))}
      {enter.isError && <Menu.Label role="alert">{reasonOf(enter.error)}</Menu.Label>}
    </>
  );
}
