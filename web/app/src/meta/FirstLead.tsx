import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BackfillProgress } from "./BackfillProgress";
import styles from "./FirstRun.module.css";
import type { MetaPage } from "./metaShapes";
import { TestLead } from "./TestLead";

// The last step: a lead is seen to arrive, while the older ones come in.
export function FirstLead({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="first-lead">
      <h2 id="first-lead">{t("firstRun.testTitle")}</h2>
      <p className={styles.lead}>{t("firstRun.testText", { page: page.name })}</p>
      <div className={styles.test}>
        <TestLead page={page} />
      </div>
      {page.backfill && (
        <div className={styles.actions}>
          <BackfillProgress backfill={page.backfill} />
        </div>
      )}
      <div className={styles.actions}>
        <Button component={Link} to="/leads" variant="subtle" size="lg">
          {t("firstRun.toLeads")}
        </Button>
        <Button
          variant="subtle"
          size="lg"
          renderRoot={(props) => <Link to="/sources" search={{}} {...props} />}
        >
          {t("firstRun.toSources")}
        </Button>
      </div>
    </section>
  );
}
