import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Notice } from "../ui/Notice";
import { Tag } from "../ui/Tag";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import { useSlow } from "../ui/useSlow";
import styles from "./PlanSection.module.css";
import { askForPlan, type Plan, planQuery, type Usage } from "./plan";

// The plan of the organization, what this month has used of it, and what else there is.
export function PlanSection() {
  const { t } = useTranslation();
  const plan = useQuery(planQuery);
  const loadingSlowly = useSlow(plan.isPending);
  if (plan.isError && plan.data === undefined)
    return <Trouble title={t("plan.trouble")} problem={plan.error} retry={() => plan.refetch()} />;
  if (plan.data === undefined)
    return loadingSlowly ? (
      <Box title={t("plan.now")}>
        <Bar width="40%" />
      </Box>
    ) : null;
  const { usage, plans } = plan.data;
  return (
    <>
      <Used usage={usage} />
      {usage.plan !== null && <Choices usage={usage} plans={plans} />}
    </>
  );
}

function Used({ usage }: { usage: Usage }) {
  const { t } = useTranslation();
  const { plan } = usage;
  return (
    <Box title={plan === null ? t("plan.none") : t("plan.yours", { plan: plan.name })}>
      {plan === null && <p className={styles.quiet}>{t("plan.noneText")}</p>}
      <dl className={styles.used}>
        <Amount name={t("plan.leads")} used={usage.leads} limit={plan?.monthly_leads ?? null} />
        <Amount name={t("plan.seats")} used={usage.seats} limit={plan?.seats ?? null} />
      </dl>
      <p className={`${styles.quiet} ${styles.month}`}>{t("plan.month")}</p>
      {usage.is_over && (
        <Notice tone="soon" title={t("plan.over")}>
          {t("plan.overText")}
        </Notice>
      )}
    </Box>
  );
}

function Amount({ name, used, limit }: { name: string; used: number; limit: number | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shown = new Intl.NumberFormat(locale.tag);
  return (
    <div className={styles.amount}>
      <dt>{name}</dt>
      <dd>
        {limit === null
          ? shown.format(used)
          : t("plan.of", { used: shown.format(used), limit: shown.format(limit) })}
        {limit !== null && (
          <meter
            className={styles.meter}
            min={0}
            max={limit}
            value={Math.min(used, limit)}
            data-over={used > limit || undefined}
            aria-label={name}
          />
        )}
      </dd>
    </div>
  );
}

function Choices({ usage, plans }: { usage: Usage; plans: Plan[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: askForPlan,
    onSuccess: ({ pay_at }) => {
      if (pay_at !== null) window.location.assign(pay_at);
      return cache.invalidateQueries({ queryKey: planQuery.queryKey });
    },
  });
  const reason = useReasonOf()(ask.error);
  const shown = new Intl.NumberFormat(useLocale().tag);
  const amountOf = (limit: number | null) =>
    limit === null ? t("plan.unlimited") : shown.format(limit);
  return (
    <Box title={t("plan.choices")}>
      <ul className={styles.plans}>
        {plans.map((plan) => (
          <li key={plan.id} className={styles.plan}>
            <div>
              <h3 className={styles.name}>{plan.name}</h3>
              <p className={styles.quiet}>
                {t("plan.seatsOf", { seats: amountOf(plan.seats) })} ·{" "}
                {t("plan.leadsOf", { leads: amountOf(plan.monthly_leads) })}
              </p>
            </div>
            {plan.id === usage.plan?.id ? (
              <Tag tone="ok">{t("plan.current")}</Tag>
            ) : plan.id === usage.asked_plan_id ? (
              <Tag tone="accent">{t("plan.asked")}</Tag>
            ) : (
              <Button
                variant="default"
                className={styles.ask}
                loading={ask.isPending && ask.variables === plan.id}
                onClick={() => ask.mutate(plan.id)}
              >
                {t("plan.ask", { plan: plan.name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {usage.asked_plan_id !== null && <p className={styles.quiet}>{t("plan.askedText")}</p>}
      {ask.isError && (
        <Notice tone="over" title={t("plan.notAsked")}>
          {reason}
        </Notice>
      )}
    </Box>
  );
}
