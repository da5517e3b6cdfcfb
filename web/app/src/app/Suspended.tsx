import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { meQuery, signOut } from "../accounts/accounts";
import { useMe } from "../accounts/useMe";
import { DeletionBanner } from "../privacy/DeletionBanner";
import { DeletionBox } from "../privacy/DeletionBox";
import { ExportBox } from "../privacy/ExportBox";
import { exportsQuery, isBeingMade } from "../privacy/exports";
import { Notice } from "../ui/Notice";
import { useTitle } from "../ui/useTitle";
import styles from "./Suspended.module.css";

// All there is to see of an organization that the operator has suspended: why, and for owners the
// way out with everything.
export function Suspended() {
  const { t } = useTranslation();
  const { organization, rights } = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const title = t("suspended.title", { organization: organization.name });
  useTitle(title);
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      cache.setQueryData(meQuery.queryKey, null);
      await navigate({ to: "/sign-in", search: {} });
    },
  });
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{title}</h1>
      <Notice tone="over" title={t("suspended.text")}>
        {organization.suspension}
      </Notice>
      <p>{t("suspended.leads")}</p>
      <Button loading={leave.isPending} onClick={() => leave.mutate()}>
        {t("user.signOut")}
      </Button>
      {rights.includes("own_data") && <OwnData />}
    </main>
  );
}

const askAgainAfter = 2_000; // ms; while suspended there is no stream that would tell

function OwnData() {
  useQuery({
    ...exportsQuery,
    refetchInterval: ({ state }) => (state.data?.some(isBeingMade) ? askAgainAfter : false),
  });
  return (
    <div className={styles.data}>
      <DeletionBanner />
      <ExportBox />
      <DeletionBox />
    </div>
  );
}
