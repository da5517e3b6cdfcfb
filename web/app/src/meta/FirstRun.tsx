import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Trouble } from "../ui/Trouble";
import { FirstConnect } from "./FirstConnect";
import { FirstLead } from "./FirstLead";
import styles from "./FirstRun.module.css";
import { FirstTeam } from "./FirstTeam";
import { LoginNotice } from "./LoginNotice";
import { connectionQuery, isOff } from "./meta";
import type { MetaPage } from "./metaShapes";
import { PageChooser } from "./PageChooser";

const steps = ["connect", "choose", "team", "test"] as const;
type Step = (typeof steps)[number];

// The way of a new Owner to the first lead. Which step it is follows from what is done already.
export function FirstRun({ pages }: { pages: MetaPage[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const search = getRouteApi("/signed-in/sources").useSearch();
  const connection = useQuery(connectionQuery);
  const connected = pages.filter((page) => !isOff(page));
  const page = connected.find(({ page_id }) => page_id === search.page) ?? connected[0];
  const isSignedIn = connection.data?.person != null;
  const here: Step =
    search.step !== undefined && page !== undefined
      ? search.step
      : isSignedIn
        ? "choose"
        : "connect";

  return (
    <div className={styles.run}>
      <aside className={styles.way} aria-label={t("firstRun.label")}>
        <p className={styles.organization}>{me.organization.name}</p>
        <ol className={styles.steps}>
          {steps.map((step, at) => {
            const isDone = at < steps.indexOf(here);
            return (
              <li
                key={step}
                data-state={isDone ? "done" : step === here ? "now" : "later"}
                aria-current={step === here ? "step" : undefined}
              >
                <span className={styles.number}>
                  {isDone ? <IconCheck size={14} stroke={2} aria-hidden="true" /> : at + 1}
                </span>
                <span className={styles.words}>
                  <span className={styles.step}>{t(`firstRun.step.${step}`)}</span>
                  <span className={styles.hint}>{t(`firstRun.hint.${step}`)}</span>
                </span>
                {isDone && <span className="vh">{t("firstRun.done")}</span>}
              </li>
            );
          })}
        </ol>
      </aside>
      <div className={styles.content}>
        <div className={styles.inside}>
          <p className={styles.count}>
            {t("firstRun.count", { step: steps.indexOf(here) + 1, count: steps.length })}
          </p>
          <LoginNotice />
          {connection.isError && connection.data === undefined && (
            <Trouble
              title={t("connect.loadTrouble")}
              problem={connection.error}
              retry={() => connection.refetch()}
            />
          )}
          {here === "connect" && connection.data && <FirstConnect connection={connection.data} />}
          {here === "choose" && <PageChooser pages={pages} isFirst />}
          {here === "team" && <FirstTeam />}
          {here === "test" && page !== undefined && <FirstLead page={page} />}
        </div>
      </div>
    </div>
  );
}
