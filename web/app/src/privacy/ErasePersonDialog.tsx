import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { ProofFields, useProof } from "../accounts/ProofFields";
import { dropLead } from "../live/leadNews";
import { Dialog } from "../ui/Dialog";
import { useToasts } from "../ui/Toasts";
import styles from "./PrivacySection.module.css";
import { erasePerson, erasureQuery } from "./person";

type Props = { id: string; name: string; close: () => void };

// What goes, in numbers, and the proof that it is really an owner who wants it.
export function ErasePersonDialog({ id, name, close }: Props) {
  const { t } = useTranslation();
  const form = useId();
  const cache = useQueryClient();
  const toasts = useToasts();
  const proof = useProof();
  const counts = useQuery(erasureQuery(id)).data;
  const erase = useMutation({
    mutationFn: async (typed: FormData) => erasePerson(id, await proof.of(typed)),
    onSuccess: () => {
      close();
      dropLead(cache, id);
      cache.invalidateQueries({ queryKey: ["exports"] });
      toasts.show({ text: t("erasure.done") });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    erase.mutate(new FormData(event.currentTarget));
  };
  return (
    <Dialog
      title={t("erasure.ask", { name })}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("confirm.keep")}
          </Button>
          <Button type="submit" form={form} className={styles.risky} loading={erase.isPending}>
            {t("erasure.do")}
          </Button>
        </>
      }
    >
      <p>{t("erasure.about")}</p>
      {counts && (
        <ul className={styles.consequences} aria-label={t("erasure.what")}>
          <li>{t("erasure.submissions", { count: counts.submissions })}</li>
          <li>{t("erasure.timeline", { count: counts.timeline_entries })}</li>
          <li>{t("erasure.other", { count: counts.other_rows })}</li>
          {counts.export_files > 0 && (
            <li>{t("erasure.exports", { count: counts.export_files })}</li>
          )}
          <li>{t("erasure.audit", { count: counts.audit_entries })}</li>
        </ul>
      )}
      {counts && counts.leads_alike > 0 && (
        <p>{t("erasure.alike", { count: counts.leads_alike })}</p>
      )}
      <form id={form} onSubmit={submit} className={styles.form}>
        <ProofFields proof={proof} problem={erase.error} />
      </form>
    </Dialog>
  );
}
