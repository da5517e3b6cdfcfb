import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProofFields, useProof } from "../accounts/ProofFields";
import { Dialog } from "../ui/Dialog";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./PrivacySection.module.css";
import { previewQuery, type RetentionRule, retentionQuery, setRule } from "./retention";

const choices = [3, 6, 12, 18, 24, 36, 60, 120];
const never = 0;

type Props = {
  formId: string | null;
  months: number;
  forms: { value: string; label: string }[];
  rules: RetentionRule[];
  close: () => void;
};

// Which leads a rule would erase, shown before it is set.
export function RetentionDialog({ formId, months, forms, rules, close }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const id = useId();
  const cache = useQueryClient();
  const proof = useProof();
  const [form, setForm] = useState(formId);
  const [keep, setKeep] = useState(months);
  const preview = useQuery({ ...previewQuery(form, keep), enabled: keep !== never }).data;
  const isSet = rules.some(({ form_id }) => form_id === form);
  const set = useMutation({
    mutationFn: async (typed: FormData) =>
      setRule({
        form_id: form,
        months: keep === never ? null : keep,
        ...(await proof.of(typed)),
      }),
    onSuccess: (now) => {
      cache.setQueryData(retentionQuery.queryKey, now);
      close();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set.mutate(new FormData(event.currentTarget));
  };
  const options = [...new Set([...choices, months])].sort((a, b) => a - b);
  return (
    <Dialog
      title={t("retention.ask")}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("retention.leave")}
          </Button>
          <Button type="submit" form={id} className={styles.risky} loading={set.isPending}>
            {t(keep === never ? "retention.end" : "retention.do")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className={styles.form}>
        <NativeSelect
          label={t("retention.of")}
          value={form ?? ""}
          onChange={(event) => setForm(event.currentTarget.value || null)}
          data={[{ value: "", label: t("retention.others") }, ...forms]}
        />
        <NativeSelect
          label={t("retention.for")}
          value={keep}
          onChange={(event) => setKeep(Number(event.currentTarget.value))}
          data={[
            ...options.map((count) => ({
              value: String(count),
              label: t("retention.months", { count }),
            })),
            ...(isSet ? [{ value: String(never), label: t("retention.forever") }] : []),
          ]}
        />
        <div role="status" className={styles.text}>
          {preview && keep !== never && (
            <>
              <p>
                <b>{t("retention.leads", { count: preview.leads })}</b>{" "}
                {preview.oldest_at !== null &&
                  t("retention.oldest", { day: dayOf(preview.oldest_at, locale) })}
              </p>
              <p>
                {t("retention.before", {
                  day: dayOf(preview.before, locale),
                  begins: dayOf(preview.begins_at, locale),
                })}
              </p>
            </>
          )}
        </div>
        <ProofFields proof={proof} problem={set.error} />
      </form>
    </Dialog>
  );
}
