import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleXFilled,
  IconExternalLink,
  IconMinus,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { exactTime, sinceTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./DoctorTab.module.css";
import { isSafeAddress, runDoctor } from "./doctor";
import { connectPage, loginAddress, startBackfill } from "./meta";
import type { Check, Fix, MetaPage } from "./metaShapes";

const icons = {
  ok: IconCheck,
  warn: IconAlertTriangle,
  fail: IconCircleXFilled,
  unknown: IconMinus,
};

type Props = {
  check: Check;
  isFirst: boolean;
  page: MetaPage;
  mayChange: boolean;
  test: () => void;
};

export function CheckRow({ check, isFirst, page, mayChange, test }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const Icon = icons[check.state];
  const needsCare = check.state === "fail" || check.state === "warn";
  const figure = needsCare && check.since !== null ? null : check.figure;
  return (
    <li className={styles.check} data-state={check.state}>
      <Icon size={check.state === "fail" ? 20 : 16} stroke={1.6} aria-hidden="true" />
      <div className={styles.what}>
        <h3 className={styles.name}>
          <span className="vh">{t(`doctor.state.${check.state}`)} </span>
          {said(check.title)}
        </h3>
        <p className={styles.detail}>{said(check.detail)}</p>
        {mayChange && check.fix?.kind && check.state !== "ok" && (
          <div className={styles.fix}>
            <FixButton
              fix={check.fix}
              isPrimary={isFirst && check.state === "fail"}
              page={page}
              test={test}
            />
          </div>
        )}
      </div>
      <span className={styles.figure}>
        {figure !== null && said(figure)}
        {figure === null && check.since !== null && (
          <time dateTime={check.since} title={exactTime(check.since, locale)}>
            {t("doctor.since", { time: sinceTime(check.since, Date.now(), locale) })}
          </time>
        )}
        {mayChange && check.code === "round_trip" && check.state === "ok" && (
          <Button size="sm" variant="subtle" className={styles.try} onClick={test}>
            {t("testLead.do")}
          </Button>
        )}
      </span>
    </li>
  );
}

type FixProps = { fix: Fix; isPrimary: boolean; page: MetaPage; test: () => void };

function FixButton({ fix, isPrimary, page, test }: FixProps) {
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const mend = useMutation({
    mutationFn: async () => {
      await (fix.kind === "backfill" ? startBackfill : connectPage)(page.page_id);
      await runDoctor(cache, page.page_id);
    },
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta"] }),
  });
  const variant = isPrimary ? "filled" : "default";
  if (fix.kind === "connect") {
    return (
      <Button component="a" variant={variant} href={loginAddress()}>
        {said(fix.label)}
      </Button>
    );
  }
  if (fix.kind === "link") {
    if (fix.url === null || !isSafeAddress(fix.url)) return null;
    return (
      <Button
        component="a"
        variant={variant}
        href={fix.url}
        target="_blank"
        rel="noreferrer"
        rightSection={<IconExternalLink size={16} stroke={1.6} aria-hidden="true" />}
      >
        {said(fix.label)}
      </Button>
    );
  }
  return (
    <Button
      variant={variant}
      loading={mend.isPending}
      onClick={fix.kind === "test_lead" ? test : () => mend.mutate()}
    >
      {said(fix.label)}
    </Button>
  );
}
