import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { InvitationList } from "../people/InvitationList";
import { InviteForm } from "../people/InviteForm";
import { invitationsQuery } from "../people/people";
import styles from "./FirstRun.module.css";

// Those who are to work the leads. May be left for later.
export function FirstTeam() {
  const { t } = useTranslation();
  const invited = useQuery(invitationsQuery).data ?? [];
  const isDone = invited.length > 0;
  return (
    <section aria-labelledby="first-team">
      <h2 id="first-team">{t("firstRun.teamTitle")}</h2>
      <p className={styles.lead}>{t("firstRun.teamText")}</p>
      <div className={styles.team}>
        <InviteForm />
        <InvitationList />
      </div>
      <div className={styles.actions}>
        <Button
          variant={isDone ? "filled" : "subtle"}
          size="lg"
          renderRoot={(props) => <Link to="/sources" search={{ step: "test" }} {...props} />}
        >
          {t(isDone ? "firstRun.goOn" : "firstRun.later")}
        </Button>
      </div>
    </section>
  );
}
