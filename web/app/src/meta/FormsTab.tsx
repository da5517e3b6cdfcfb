import { IconChevronDown, IconExternalLink } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FieldList } from "../customFields/FieldList";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";
import { grouped } from "../ui/grouped";
import { Sparkline } from "../ui/Sparkline";
import { Switch } from "../ui/Switch";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useSlow } from "../ui/useSlow";
import { isSafeAddress } from "./doctor";
import { FormMapping } from "./FormMapping";
import { FormQuestions } from "./FormQuestions";
import styles from "./FormsTab.module.css";
import { metaFormsQuery, turnForm } from "./meta";
import type { MetaForm } from "./metaShapes";

const route = getRouteApi("/signed-in/sources");

// Every form of every page: whether its leads are taken, and what it asks.
export function FormsTab({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  const forms = useQuery(metaFormsQuery);
  const loadingSlowly = useSlow(forms.isPending);
  const { shown: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (formId: string) =>
    navigate({
      replace: true,
      search: ({ shown: _, ...before }) =>
        formId === opened ? before : { ...before, shown: formId },
    });

  if (loadingSlowly) {
    return (
      <ul className={styles.forms} aria-busy="true" aria-label={t("forms.loading")}>
        {[1, 2, 3, 4, 5].map((row) => (
          <li key={row} className={styles.row}>
            <Bar width={200} />
          </li>
        ))}
      </ul>
    );
  }
  if (forms.isError && forms.data === undefined) {
    return (
      <Trouble title={t("forms.trouble")} problem={forms.error} retry={() => forms.refetch()} />
    );
  }
  const byPage = grouped(forms.data ?? [], ({ page_id }) => page_id);
  return (
    <div className={styles.groups}>
      {forms.data?.length === 0 && (
        <Empty
          ring={<ClockRing size={56} state="waiting" />}
          title={t("forms.emptyTitle")}
          text={t("forms.emptyText")}
        />
      )}
      {byPage.map((group) => (
        <section key={group[0]?.page_id} aria-label={group[0]?.page_name}>
          <h2 className={styles.page}>{group[0]?.page_name}</h2>
          <ul className={styles.forms}>
            {group.map((form) => (
              <OneForm
                key={form.form_id}
                form={form}
                isOpen={form.form_id === opened}
                open={() => open(form.form_id)}
                mayChange={mayChange}
              />
            ))}
          </ul>
        </section>
      ))}
      {mayChange && forms.isSuccess && <FieldList />}
    </div>
  );
}

type Props = { form: MetaForm; isOpen: boolean; open: () => void; mayChange: boolean };

function OneForm({ form, isOpen, open, mayChange }: Props) {
  const { t } = useTranslation();
  const turn = useTurn(form);
  const isOn = turn.isPending ? turn.variables : form.is_on;
  const today = form.hours?.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <li className={styles.form} data-off={!isOn || undefined}>
      <div className={styles.row}>
        <button type="button" className={styles.open} aria-expanded={isOpen} onClick={open}>
          <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />
          <span className={styles.words}>
            <span className={styles.name}>{form.name}</span>
            <span className={styles.meta}>
              {form.last_lead_at ? (
                <>
                  {t("sources.lastLead")} <Ago time={form.last_lead_at} />
                </>
              ) : (
                t("forms.noLead")
              )}
              {form.locale ? ` · ${form.locale.replace("_", "-")}` : ""}
            </span>
          </span>
        </button>
        {form.new_questions > 0 && (
          <Tag tone="accent">{t("forms.newQuestions", { count: form.new_questions })}</Tag>
        )}
        {form.status !== "ACTIVE" && <Tag>{statusText(form.status)}</Tag>}
        {form.hours !== undefined && form.hours.length > 0 && (
          <span className={styles.line}>
            <Sparkline counts={form.hours} label={t("sources.lastDay", { count: today })} />
          </span>
        )}
        {mayChange ? (
          <Switch
            label={t("forms.take", { form: form.name })}
            isOn={isOn}
            change={(next) => turn.mutate(next)}
          />
        ) : (
          <Tag>{t(isOn ? "forms.on" : "forms.off")}</Tag>
        )}
      </div>
      {isOpen && (
        <div className={styles.inside}>
          {!isOn && <p className={styles.meta}>{t("forms.offText")}</p>}
          {mayChange ? (
            <FormMapping formId={form.form_id} />
          ) : (
            <FormQuestions questions={form.questions ?? []} />
          )}
          {form.privacy_url && isSafeAddress(form.privacy_url) && (
            <a className={styles.link} href={form.privacy_url} target="_blank" rel="noreferrer">
              {t("forms.privacy")}
              <IconExternalLink size={14} stroke={1.6} aria-hidden="true" />
            </a>
          )}
        </div>
      )}
    </li>
  );

  function statusText(status: string) {
    if (status === "ARCHIVED" || status === "DELETED" || status === "DRAFT")
      return t(`forms.status.${status}`);
    return status;
  }
}

function useTurn(form: MetaForm) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: (isOn: boolean) => turnForm(form.form_id, isOn),
    onSuccess: (_, isOn) =>
      toasts.show({ text: t(isOn ? "forms.turnedOn" : "forms.turnedOff", { form: form.name }) }),
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    // Waited for, so that the switch does not jump back in between.
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta", "forms"] }),
  });
}
