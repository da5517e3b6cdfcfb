import { Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Box } from "../ui/Box";
import { Confirm } from "../ui/Confirm";
import { Tag } from "../ui/Tag";
import { Trouble, useReasonOf } from "../ui/Trouble";
import styles from "./SessionsBox.module.css";
import { endOtherSessions, endSession, type MySession, sessionsQuery } from "./sessions";

// Where the person is signed in, and the way to end it from afar.
export function SessionsBox() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [asks, setAsks] = useState(false);
  const changed = () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const endOne = useMutation({ mutationFn: endSession, onSettled: changed });
  const endOthers = useMutation({
    mutationFn: endOtherSessions,
    onSettled: () => {
      setAsks(false);
      return changed();
    },
  });
  const problem = endOne.error ?? endOthers.error;
  const reason = useReasonOf()(problem);

  return (
    <Box title={t("sessions.title")}>
      {sessions.isPending && <p className={styles.quiet}>{t("sessions.loading")}</p>}
      {sessions.isError && (
        <Trouble title={t("sessions.trouble")} problem={sessions.error} retry={sessions.refetch} />
      )}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {reason}
        </p>
      )}
      {sessions.isSuccess && (
        <ul className={styles.list}>
          {sessions.data.map((session) => (
            <li key={session.id} className={styles.session}>
              <Device session={session} />
              {!session.is_this && (
                <Button
                  size="sm"
                  className={styles.end}
                  aria-label={t("sessions.endOf", { device: session.device })}
                  loading={endOne.isPending && endOne.variables === session.id}
                  onClick={() => endOne.mutate(session.id)}
                >
                  {t("sessions.end")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {sessions.isSuccess && sessions.data.length > 1 && (
        <div className={styles.others}>
          <Button onClick={() => setAsks(true)}>{t("sessions.endOthers")}</Button>
        </div>
      )}
      {asks && (
        <Confirm
          title={t("sessions.endOthersTitle")}
          act={t("sessions.endOthers")}
          busy={endOthers.isPending}
          onAct={() => endOthers.mutate()}
          close={() => setAsks(false)}
        >
          {t("sessions.endOthersMore")}
        </Confirm>
      )}
    </Box>
  );
}

function Device({ session }: { session: MySession }) {
  const { t } = useTranslation();
  const Icon = /iPhone|iPad|Android/.test(session.device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <div className={styles.device}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.name}>
          {session.device} {session.is_this && <Tag tone="ok">{t("sessions.this")}</Tag>}
        </p>
        <p className={styles.quiet}>
          {t("sessions.from", { address: session.address })} · {t("sessions.seen")}{" "}
          <Ago time={session.seen_at} /> · {t("sessions.begun")} <Ago time={session.created_at} />
        </p>
      </div>
    </div>
  );
}
