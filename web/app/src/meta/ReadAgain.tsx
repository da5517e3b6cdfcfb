import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { Dialog } from "../ui/Dialog";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { LeadDifferences } from "./LeadDifferences";
import { orderRun, previewQuery, type RunSelection } from "./mapping";
import styles from "./ReadAgain.module.css";
import { RunProgress } from "./RunProgress";

const periods = { all: 0, month: 30, week: 7, day: 1 } as const;
type Period = keyof typeof periods;

type Props = {
  // The leads of a form, or these leads.
  form?: { id: string; name: string };
  leadIds?: string[];
  close: () => void;
};

// Reading answers again, as the mapping says now: first what would change, then the change.
export function ReadAgain({ form, leadIds = [], close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reasonOf = useReasonOf();
  const [period, setPeriod] = useState<Period>("all");
  const [opened] = useState(() => Date.now());
  const days = periods[period];
  const selection: RunSelection = form
    ? {
        form_id: form.id,
        ...(days > 0 ? { from_at: new Date(opened - days * 86_400_000).toISOString() } : {}),
      }
    : { lead_ids: leadIds };
  const order = useMutation({
    mutationFn: () => orderRun(selection),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["meta", "runs", "list"] }),
  });
  const preview = useQuery({ ...previewQuery(selection), enabled: order.isIdle });
  const changed = preview.data?.changed ?? 0;
  // Of many leads only the newest are looked at before.
  const isPart = preview.data !== undefined && preview.data.seen < preview.data.total;

  return (
    <Dialog
      title={form ? t("readAgain.title", { form: form.name }) : t("readAgain.titleChosen")}
      isWide
      close={close}
      actions={
        order.isSuccess ? (
          <Button variant="filled" onClick={close}>
            {t("readAgain.close")}
          </Button>
        ) : (
          <>
            <Button variant="subtle" onClick={close}>
              {t("confirm.cancel")}
            </Button>
            <Button
              variant="filled"
              disabled={changed === 0 && !isPart}
              loading={order.isPending}
              onClick={() => order.mutate()}
            >
              {isPart ? t("readAgain.doAll") : t("readAgain.do", { count: changed })}
            </Button>
          </>
        )
      }
    >
      {order.isSuccess ? (
        <RunProgress id={order.data.id} />
      ) : (
        <div className={styles.choice}>
          {form && (
            <label className={styles.period}>
              {t("readAgain.which")}
              <select
                className={styles.select}
                value={period}
                onChange={(event) => setPeriod(event.currentTarget.value as Period)}
              >
                {(Object.keys(periods) as Period[]).map((each) => (
                  <option key={each} value={each}>
                    {t(`readAgain.period.${each}`)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {order.isError && (
            <p role="alert" className={styles.refusal}>
              {reasonOf(order.error)}
            </p>
          )}
          {preview.isPending && <Bar width="70%" />}
          {preview.isError && preview.data === undefined && (
            <Trouble
              title={t("readAgain.trouble")}
              problem={preview.error}
              retry={() => preview.refetch()}
            />
          )}
          {preview.data && <LeadDifferences preview={preview.data} />}
        </div>
      )}
    </Dialog>
  );
}
