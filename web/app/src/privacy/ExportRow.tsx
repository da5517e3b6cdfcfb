import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Tag } from "../ui/Tag";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { type Export, isBeingMade, sizeOf } from "./exports";
import styles from "./PrivacySection.module.css";

export function ExportRow({ made }: { made: Export }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const tone = {
    waiting: "plain",
    running: "accent",
    done: "ok",
    failed: "over",
    expired: "plain",
  };
  return (
    <li className={styles.export}>
      <div className={styles.about}>
        <p className={styles.what}>
          {t(`export.what.${made.kind}`)} · {made.format.toUpperCase()}{" "}
          <Tag tone={tone[made.state] as "plain"}>{t(`export.state.${made.state}`)}</Tag>
        </p>
        <p className={styles.sum}>
          {made.ordered_by}, <Ago time={made.ordered_at} /> ·{" "}
          {t("export.rows", { count: made.rows })}
          {made.state === "done" && ` · ${sizeOf(made.bytes, locale)}`}
          {made.download_path !== null &&
            made.expires_at !== null &&
            ` · ${t("export.until", { day: dayOf(made.expires_at, locale) })}`}
        </p>
        {made.sha256 !== null && made.state === "done" && (
          <p className={styles.sum}>
            {t("export.sum")} <code>{made.sha256}</code>
          </p>
        )}
        {made.state === "failed" && <p className={styles.sum}>{t("export.failed")}</p>}
        {isBeingMade(made) && <p className={styles.sum}>{t("export.wait")}</p>}
      </div>
      {made.download_path !== null && (
        <Button
          component="a"
          href={made.download_path}
          download
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden="true" />}
        >
          {t("export.fetch")}
        </Button>
      )}
    </li>
  );
}
