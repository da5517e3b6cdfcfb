import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { tookTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useSlow } from "../ui/useSlow";
import { delaysQuery } from "./doctor";
import styles from "./LeadDelays.module.css";
import type { Delays, MetaPage } from "./metaShapes";

// From the person who sends a form to the first screen here: which part takes how long.
export function LeadDelays({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const delays = useQuery(delaysQuery(page.page_id));
  const loadingSlowly = useSlow(delays.isPending);
  return (
    <Box title={t("delays.title")} hint={t("delays.hint")}>
      {loadingSlowly && (
        <div role="status" aria-label={t("delays.loading")}>
          <Bar width="100%" />
        </div>
      )}
      {delays.isError && delays.data === undefined && (
        <Trouble
          title={t("delays.trouble")}
          problem={delays.error}
          retry={() => delays.refetch()}
        />
      )}
      {delays.data && <Parts delays={delays.data} />}
    </Box>
  );
}

const parts = ["meta_to_us", "us_to_screen"] as const;

function Parts({ delays }: { delays: Delays }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (delays.lead_count === 0) return <p className={styles.quiet}>{t("delays.none")}</p>;
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: delays[part] ?? 0 }} />
        ))}
      </div>
      <dl className={styles.parts}>
        {parts.map((part) => {
          const seconds = delays[part];
          return (
            <div key={part} data-part={part}>
              <dt>{t(`delays.${part}`)}</dt>
              <dd>{seconds === null ? t("delays.notSeen") : tookTime(seconds, locale)}</dd>
            </div>
          );
        })}
      </dl>
      <p className={styles.quiet}>{t("delays.of", { count: delays.lead_count })}</p>
    </>
  );
}
