import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { onNewLead } from "../live/leadNews";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import { clockTime, exactTime, later } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useNow } from "../ui/useNow";
import { roundTripQuery, sendTestLead } from "./doctor";
import type { MetaPage, RoundTrip } from "./metaShapes";
import styles from "./TestLead.module.css";

const patience = 30_000;

type Sent = { leadgenId: string; at: number };

// Lets Meta send a lead of its own making, and shows each step of its way as it happens.
export function TestLead({ page, startNow = false }: { page: MetaPage; startNow?: boolean }) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const send = useMutation({
    mutationFn: async (): Promise<Sent> => {
      const at = Date.now();
      const { leadgen_id } = await sendTestLead(page.page_id);
      return { leadgenId: leadgen_id, at };
    },
  });
  const { mutate } = send;
  // Opened by a button that says so already; a second click must not be needed.
  const started = useRef(false);
  useEffect(() => {
    if (!startNow || started.current) return;
    started.current = true;
    mutate();
  }, [startNow, mutate]);

  return (
    <section className={styles.test} aria-label={t("testLead.title")}>
      {send.isError && <Notice tone="over" title={reasonOf(send.error)} />}
      {send.data ? (
        <OnItsWay key={send.data.leadgenId} sent={send.data} page={page} />
      ) : (
        <Steps trip={null} />
      )}
      <div className={styles.actions}>
        <Button
          variant={send.data ? "default" : "filled"}
          size="lg"
          loading={send.isPending}
          onClick={() => mutate()}
        >
          {t(send.data ? "testLead.again" : "testLead.do")}
        </Button>
      </div>
    </section>
  );
}

function OnItsWay({ sent, page }: { sent: Sent; page: MetaPage }) {
  const { t } = useTranslation();
  const now = useNow();
  const { data, refetch } = useQuery(roundTripQuery(page.page_id));
  useEffect(() => onNewLead(() => void refetch()), [refetch]);
  // Somebody else may have sent another one meanwhile, and at first the one before is still known.
  const trip = data?.leadgen_id === sent.leadgenId ? data : null;
  const leadId = trip?.lead_id ?? null;
  return (
    <>
      <Steps trip={trip} isSent />
      {leadId !== null && (
        <p>
          <Link to="/leads/$id" params={{ id: leadId }}>
            {t("testLead.open")}
          </Link>
        </p>
      )}
      {leadId === null && now - sent.at > patience && (
        <Notice
          tone="soon"
          title={t("testLead.late")}
          actions={
            <Button
              renderRoot={(props) => (
                <Link to="/sources" search={{ page: page.page_id, tab: "doctor" }} {...props} />
              )}
            >
              {t("testLead.doctor")}
            </Button>
          }
        >
          {t("testLead.lateText")}
        </Notice>
      )}
    </>
  );
}

// The three times of a lead: at Meta, here, in front of somebody.
function Steps({ trip, isSent = false }: { trip: RoundTrip | null; isSent?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const submitted = trip?.submitted_at ?? null;
  const received = trip?.received_at ?? null;
  const seen = trip?.visible_at ?? null;
  const steps = [
    { name: "submitted", at: submitted, after: "" },
    {
      name: "received",
      at: received,
      after: submitted !== null && received !== null ? later(submitted, received) : "",
    },
    {
      name: "visible",
      at: seen,
      after: received !== null && seen !== null ? later(received, seen) : "",
    },
  ] as const;
  return (
    <ol className={styles.steps} aria-live="polite" aria-label={t("testLead.steps")}>
      {steps.map(({ name, at, after }) => (
        <li key={name} data-done={at !== null || undefined}>
          <span className={styles.mark}>
            {at !== null && <IconCheck size={14} stroke={2} aria-hidden="true" />}
          </span>
          <span className={styles.name}>{t(`testLead.step.${name}`)}</span>
          <span className={styles.time}>
            {at === null ? (
              isSent && t("testLead.waiting")
            ) : (
              <time dateTime={at} title={exactTime(at, locale)}>
                {clockTime(at, locale)}
              </time>
            )}
          </span>
          <span className={styles.after}>{after}</span>
        </li>
      ))}
    </ol>
  );
}
