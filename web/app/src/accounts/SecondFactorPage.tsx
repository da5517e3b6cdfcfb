import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { homeOf, meQuery, signOut } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import { SecondFactorSetUp } from "./SecondFactorSetUp";
import { useAccount } from "./useMe";

// Where somebody stands who is asked for a second factor, by the organization or for operating the
// service, and who has none.
export function SecondFactorPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const me = useAccount();
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
      welcome={
        me.organization === null
          ? t("secondFactor.platformWelcome")
          : t("secondFactor.pageWelcome", { organization: me.organization.name })
      }
      wide
    >
      <SecondFactorSetUp
        done={async () => {
          await cache.invalidateQueries({ queryKey: meQuery.queryKey });
          await navigate({ to: homeOf(me) });
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
