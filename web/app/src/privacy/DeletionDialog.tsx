import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { faultsOf } from "../accounts/formFields";
import { ProofFields, useProof } from "../accounts/ProofFields";
import { useMe } from "../accounts/useMe";
import { answerOf, api } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { deletionQuery, orderDeletion } from "./deletion";
import styles from "./PrivacySection.module.css";

const days = [7, 14, 30, 1, 0] as const;

// The name typed, one's own password, and how long it can be taken back.
export function DeletionDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { organization } = useMe();
  const form = useId();
  const cache = useQueryClient();
  const [grace, setGrace] = useState(7);
  const leads = useQuery({
    queryKey: ["leads", "count", "all"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/leads/count", { params: { query: {} }, signal })),
  }).data;
  const proof = useProof();
  const order = useMutation({
    mutationFn: async (typed: FormData) =>
      orderDeletion({
        organization_name: String(typed.get("organization_name")),
        ...(await proof.of(typed)),
        grace_days: grace,
      }),
    onSuccess: (made) => {
      // At once means at once: the session ends, so this app has nothing more to show.
      if (grace === 0) {
        window.location.assign(`/data-deletion/${made.confirmation_code}`);
        return;
      }
      cache.invalidateQueries({ queryKey: deletionQuery.queryKey });
      close();
    },
  });
  const faults = faultsOf(order.error, ["organization_name"]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    order.mutate(new FormData(event.currentTarget));
  };

  return (
    <Dialog
      title={t("deletion.ask", { name: organization.name })}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("confirm.keep")}
          </Button>
          <Button type="submit" form={form} className={styles.risky} loading={order.isPending}>
            {t(grace === 0 ? "deletion.doNow" : "deletion.do")}
          </Button>
        </>
      }
    >
      {leads !== undefined && (
        <p>{t(leads.capped ? "deletion.leadsOver" : "deletion.leads", { count: leads.count })}</p>
      )}
      <p>{t("deletion.exportFirst")}</p>
      <form id={form} onSubmit={submit} className={styles.form}>
        <TextInput
          name="organization_name"
          error={faults.at("organization_name")}
          label={
            <Trans
              i18nKey="deletion.typeName"
              values={{ name: organization.name }}
              components={{ b: <b /> }}
            />
          }
          autoComplete="off"
          required
          withAsterisk={false}
        />
        <ProofFields proof={proof} problem={order.error} others={["organization_name"]} />
        <NativeSelect
          label={t("deletion.grace")}
          value={grace}
          onChange={(event) => setGrace(Number(event.currentTarget.value))}
          data={days.map((each) => ({
            value: String(each),
            label: each === 0 ? t("deletion.graceNone") : t("deletion.graceDays", { count: each }),
          }))}
        />
      </form>
    </Dialog>
  );
}
