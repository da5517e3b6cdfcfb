import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { meQuery, signOut } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import { SecondFactorSetUp } from "./SecondFactorSetUp";
import { useMe } from "./useMe";

// Where somebody stands whose organization asks for a second factor, and who has none.
export function SecondFactorPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { organization } = useMe();
  useTitle(t("secondFactor.title"));
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: "/sign-in", search: {} });
      cache.setQueryData(meQuery.queryKey, null);
    },
  });
  return (
    <DoorFrame
      title={t("secondFactor.pageTitle")}
      welcome={t("secondFactor.pageWelcome", { organization: organization.name })}
      wide
    >
      <SecondFactorSetUp
        done={async () => {
          await cache.invalidateQueries({ queryKey: meQuery.queryKey });
          await navigate({ to: "/leads" });
        }}
        aside={
          <Button variant="subtle" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t("user.signOut")}
          </Button>
        }
      />
    </DoorFrame>
  );
}
